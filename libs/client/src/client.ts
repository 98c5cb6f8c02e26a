import type { Outcome, Prediction } from '@watchfloor/contracts';
import { Line } from './line.ts';
import type { ClientOptions, Counts, Environment } from './options.ts';

const defaultCloseMs = 30_000;

/** A model service's way to the floor. */
export interface Client {
  /**
   * Queues a prediction and resolves as soon as it has its place; it travels with others in one request. The order of calls
   * is the order of arrival.
   *
   * @throws QueueFull where a full queue is to reject, ClientClosed after `close`
   */
  send(prediction: Prediction): Promise<void>;
  /** The same for truth that became known later. */
  outcome(outcome: Outcome): Promise<void>;
  /** Resolves when all that was queued is answered or given up: look at the counts. */
  flush(): Promise<void>;
  /**
   * Takes nothing more, sends what waits, and resolves when all of it is answered or given up.
   *
   * @param withinMs what is not answered by then is counted as lost. Default 30,000
   */
  close(withinMs?: number): Promise<void>;
  predictions(): Counts;
  outcomes(): Counts;
}

/**
 * Connects a model service to a Watchfloor server. Nothing is sent before the first item. Requests are repeated with backoff
 * while the server is away or busy; repeats are harmless, since the server knows each (stream, id).
 */
export function connect(options: ClientOptions, environment?: Environment): Client {
  const predictions = new Line('/predictions', options, environment);
  const outcomes = new Line('/outcomes', options, environment);
  return {
    send: (prediction) => predictions.add(prediction),
    outcome: (outcome) => outcomes.add(outcome),
    flush: async () => {
      await predictions.flush();
      await outcomes.flush();
    },
    close: async (withinMs = defaultCloseMs) => {
      const deadline = AbortSignal.timeout(withinMs);
      await Promise.all([predictions.close(deadline), outcomes.close(deadline)]);
    },
    predictions: () => predictions.counts,
    outcomes: () => outcomes.counts,
  };
}
