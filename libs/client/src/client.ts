import type { Outcome, Prediction } from '@watchfloor/contracts';
import { Line } from './line.ts';
import type { ClientOptions, Counts } from './options.ts';

/** A model service's way to the floor. */
export interface Client {
  /**
   * Queues a prediction and resolves as soon as it has its place; it travels with others in one request. The order of calls is the
   * order of arrival.
   */
  send(prediction: Prediction): Promise<void>;
  /** The same for truth that became known later. */
  outcome(outcome: Outcome): Promise<void>;
  /** Resolves when all that was queued is answered or given up: look at the counts. */
  flush(): Promise<void>;
  predictions(): Counts;
  outcomes(): Counts;
}

/**
 * Connects a model service to a Watchfloor server. Nothing is sent before the first item. Requests are repeated with backoff
 * while the server is away or busy; repeats are harmless, since the server knows each (stream, id).
 */
export function connect(options: ClientOptions): Client {
  const predictions = new Line('/predictions', options);
  const outcomes = new Line('/outcomes', options);
  return {
    send: (prediction) => predictions.add(prediction),
    outcome: (outcome) => outcomes.add(outcome),
    flush: async () => {
      await predictions.flush();
      await outcomes.flush();
    },
    predictions: () => predictions.counts,
    outcomes: () => outcomes.counts,
  };
}
