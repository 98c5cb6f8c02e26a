import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../apps/api/src/platform/database/embedded/embedded-postgres.ts';
import { ServerProcess, ingestKey } from '../kit/server-process.ts';
import { measureRawCopy, measureRepositorySave } from './ceilings.ts';
import { switchDetectorsOff } from './detectors-off.ts';
import { runSender } from './run-sender.ts';
import type { Row } from './table.ts';
import { perSecond, quantile } from './table.ts';

const seconds = 8;

/** Predictions accepted a second, in batches and singly, beside raw COPY and beside one `repository.save` per request. */
export async function ingestBench(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'watchfloor-bench-'));
  const database = await startEmbedded(join(folder, 'database'));
  const server = await ServerProcess.on(join(folder, 'server'), { DATABASE_URL: database.url });
  try {
    await server.start();
    const common = { url: server.url, key: ingestKey, streams: 4 };
    // Until the server's code is compiled and its memory has its size.
    await runSender({ ...common, connections: 16, batch: 500, requests: 500, seconds: 6 });
    const batches = await runSender({ ...common, connections: 16, batch: 500, requests: 1_200, seconds });
    const singles = await runSender({ ...common, connections: 64, batch: 1, requests: 100_000, seconds });
    const save = await measureRepositorySave(database.url, 64, 4);
    await server.stop();
    await switchDetectorsOff(database.url);
    await server.start();
    await runSender({ ...common, connections: 16, batch: 500, requests: 500, seconds: 6 });
    const unwatched = await runSender({ ...common, connections: 16, batch: 500, requests: 1_200, seconds });
    await server.stop();
    const copy = await measureRawCopy(database.url);

    const batchRate = (batches.accepted * 1000) / batches.ms;
    const unwatchedRate = (unwatched.accepted * 1000) / unwatched.ms;
    const singleRate = (singles.accepted * 1000) / singles.ms;
    return [
      {
        what: 'NDJSON x 500, 16 connections',
        figure: `${perSecond(batches.accepted, batches.ms)}, ${batches.refusals} refused`,
        beside: `${(batchRate / copy.perSecond).toFixed(2)} of raw COPY`,
      },
      {
        what: 'the same with every detector off',
        figure: `${perSecond(unwatched.accepted, unwatched.ms)}, ${unwatched.refusals} refused`,
        beside: `with all on: ${(batchRate / unwatchedRate).toFixed(2)} of this (want >= 0.8)`,
      },
      {
        what: 'single items, 64 connections',
        figure: `${perSecond(singles.accepted, singles.ms)}, p50 ${ms(singles.latencies, 0.5)}, p99 ${ms(singles.latencies, 0.99)}`,
        beside: `${(singleRate / save.perSecond).toFixed(1)} x repository.save`,
      },
      { what: 'ceiling: raw COPY of the same rows', figure: rate(copy.perSecond), beside: `${copy.rows} rows` },
      {
        what: 'peer: one repository.save each, 64 at a time, no HTTP',
        figure: `${rate(save.perSecond)}, p99 ${ms(save.latencies, 0.99)}`,
        beside: 'no detectors, no dedupe',
      },
    ];
  } finally {
    await server.stop();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function ms(latencies: readonly number[], share: number): string {
  return `${quantile(latencies, share).toFixed(1)} ms`;
}

function rate(count: number): string {
  return perSecond(count, 1000);
}
