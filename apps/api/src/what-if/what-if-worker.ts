// The thread of one what-if: it reads the window on a connection of its own, as fast as it can replay it, and holds a few
// hundred kilobytes at a time. Whoever started it ends it, at any moment.
import { StringDecoder } from 'node:string_decoder';
import { parentPort, workerData } from 'node:worker_threads';
import { replay, startWhatIf, warmUp, whatIfResult, type WhatIf } from '@watchfloor/detection';
import { adjudicate } from '@watchfloor/risk';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { WindowRow } from '../ingest/lanes/stored-window.ts';
import { windowCopySql, WindowLines } from '../ingest/lanes/stored-window.ts';
import { AuditReader } from './audit-reader.ts';
import type { WhatIfNews, WhatIfTask } from './what-if-task.ts';

const tellEveryMs = 250;
const task = workerData as WhatIfTask;
const tell = (news: WhatIfNews) => parentPort?.postMessage(news);

const whatIf = startWhatIf(task.settings, task.before);
await replayWindow(whatIf);
tell({ kind: 'done', result: whatIfResult(whatIf, task.reviewers, task.history ?? undefined) });

async function replayWindow(into: WhatIf): Promise<void> {
  const client = new pg.Client({
    connectionString: task.databaseUrl,
    application_name: 'watchfloor what-if',
    connectionTimeoutMillis: 10_000,
    options: '-c timezone=UTC -c statement_timeout=120000',
  });
  await client.connect();
  try {
    const lines = new WindowLines();
    const audits = new AuditReader(task.audits);
    let toldAtMs = performance.now();
    for await (const some of linesOf(client.query(copyTo(windowCopySql(task.window))))) {
      for (const line of some) show(into, lines.read(line), audits);
      if (performance.now() - toldAtMs > tellEveryMs) {
        toldAtMs = performance.now();
        tell({ kind: 'progress', replayed: into.predictions });
      }
    }
  } finally {
    await client.end();
  }
}

function show(into: WhatIf, { prediction, position, receivedAtMs, kinds, truth }: WindowRow, audits: AuditReader) {
  const observed = { prediction, position, receivedAtMs };
  if (position < task.countsFrom) {
    warmUp(into, observed);
    return;
  }
  const known = { audit: audits.at(position), outcomeIsError: isError(prediction, truth) };
  replay(into, { observed, storedKinds: kinds, known });
}

function isError({ label, value }: WindowRow['prediction'], truth: WindowRow['truth']): boolean | null {
  const model = label ?? value;
  if (truth === null || model === undefined) return null;
  const adjudged = adjudicate({ model, outcome: truth });
  return adjudged.state === 'settled' && adjudged.isError;
}

/** The whole lines of each chunk. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
}
