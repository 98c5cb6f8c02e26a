import { once } from 'node:events';
import { Client } from 'undici';
import { endlessPredictions } from './predictions.ts';

/** What the process is told to do, as JSON in its first argument. */
export interface Order {
  readonly url: string;
  readonly key: string;
  readonly connections: number;
  /** Predictions in one request; 1 sends plain JSON. */
  readonly batch: number;
  readonly streams: number;
  /** Requests made ready before the clock starts, so that making them is not measured. */
  readonly requests: number;
  readonly seconds: number;
}

export interface Report {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refusals: number;
  readonly ms: number;
  /** Milliseconds from sending a request to its answer. */
  readonly latencies: readonly number[];
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const bodies = makeBodies();
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const report = `${JSON.stringify(await send())}\n`;
// A pipe takes a long line in pieces: only then may the process end.
process.stdout.write(report, () => process.exit(0));

function makeBodies(): Buffer[] {
  const supply = endlessPredictions(order.streams, process.pid);
  return Array.from({ length: order.requests }, () =>
    Buffer.from(Array.from({ length: order.batch }, () => JSON.stringify(supply.next().value)).join('\n')),
  );
}

async function send(): Promise<Report> {
  const report = { accepted: 0, duplicates: 0, refusals: 0, ms: 0, latencies: [] as number[] };
  const startMs = performance.now();
  const endMs = startMs + order.seconds * 1000;
  let next = 0;
  const connection = async () => {
    const client = new Client(order.url, { pipelining: 1 });
    while (performance.now() < endMs) {
      const body = bodies[next++];
      if (body === undefined) break;
      const sentMs = performance.now();
      const answer = await client.request({
        method: 'POST',
        path: '/api/v1/predictions',
        body,
        headers: {
          authorization: `Bearer ${order.key}`,
          'content-type': order.batch === 1 ? 'application/json' : 'application/x-ndjson',
        },
      });
      const text = await answer.body.text();
      report.latencies.push(performance.now() - sentMs);
      if (answer.statusCode !== 200) {
        report.refusals += 1;
        continue;
      }
      const { accepted, duplicates } = JSON.parse(text) as { accepted: number; duplicates: number };
      report.accepted += accepted;
      report.duplicates += duplicates;
    }
    await client.close();
  };
  await Promise.all(Array.from({ length: order.connections }, connection));
  report.ms = performance.now() - startMs;
  return report;
}
