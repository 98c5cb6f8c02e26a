import { setTimeout as sleep } from 'node:timers/promises';
import type { Prediction } from '@watchfloor/contracts';
import { ingestKey } from '../kit/server-process.ts';

/** What one client wrote down of its own requests; the checker believes nothing else. */
export interface ClientLog {
  readonly stream: string;
  /** Ids in the order of the acknowledgements of their requests; inside a request in its order. */
  readonly acknowledged: string[];
  /** Ids of requests that got no answer and were never sent again. */
  readonly unknown: string[];
  refusals: number;
}

/**
 * One connection's worth of load: sends numbered batches one after another. A request without an answer is either sent again
 * with the same ids (and must then be acknowledged as new or duplicate), or left unknown.
 */
export async function sendUntil(url: string, client: number, stop: AbortSignal): Promise<ClientLog> {
  const log: ClientLog = { stream: `chaos-${String(client % 4)}`, acknowledged: [], unknown: [], refusals: 0 };
  for (let batch = 0; !stop.aborted; batch += 1) {
    const predictions = Array.from({ length: 20 }, (_, item) => prediction(log.stream, client, batch, item));
    const ids = predictions.map(({ id }) => id);
    const isAcknowledged = await sendStubbornly(url, predictions, log, stop, batch % 5 === 4);
    (isAcknowledged ? log.acknowledged : log.unknown).push(...ids);
  }
  return log;
}

async function sendStubbornly(
  url: string,
  predictions: readonly Prediction[],
  log: ClientLog,
  stop: AbortSignal,
  givesUp: boolean,
): Promise<boolean> {
  const body = predictions.map((item) => JSON.stringify(item)).join('\n');
  for (;;) {
    try {
      const answer = await fetch(`${url}/api/v1/predictions`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'application/x-ndjson' },
        signal: AbortSignal.timeout(10_000),
      });
      const report = (await answer.json()) as { accepted?: number; duplicates?: number; rejected?: unknown[] };
      if (answer.status === 200) {
        if ((report.accepted ?? 0) + (report.duplicates ?? 0) !== predictions.length) {
          throw new RangeError(`an answer that does not add up: ${JSON.stringify(report)}`);
        }
        return true;
      }
      log.refusals += 1;
    } catch (error) {
      if (error instanceof RangeError) throw error;
      if (givesUp || stop.aborted) return false;
    }
    if (stop.aborted) return false;
    await sleep(50);
  }
}

function prediction(stream: string, client: number, batch: number, item: number): Prediction {
  const confidence = ((batch * 31 + item * 17 + client * 7) % 50) / 100 + 0.5;
  return {
    stream,
    id: `c${String(client)}-b${String(batch)}-i${String(item)}`,
    label: confidence > 0.7 ? 'yes' : 'no',
    confidence,
    scores: { yes: confidence, no: 1 - confidence },
    features: { batch, item },
  };
}
