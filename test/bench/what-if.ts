import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StringDecoder } from 'node:string_decoder';
import type { Policy, Prediction, WhatIfRequest, WhatIfResult, WhatIfRun } from '@watchfloor/contracts';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { windowCopySql } from '../../apps/api/src/ingest/lanes/stored-window.ts';
import { startEmbedded } from '../../apps/api/src/platform/database/embedded/embedded-postgres.ts';
import { admin, ServerProcess, ingestKey } from '../kit/server-process.ts';
import { recordedPredictions } from './predictions.ts';
import type { Row } from './table.ts';
import { perSecond, quantile } from './table.ts';

const rows = 1_000_000;
const batch = 1_000;
const stream = 'digits';

/** A million stored predictions under another policy, beside a bare read of the same rows, and how the server answers meanwhile. */
export async function whatIfBench(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'watchfloor-bench-'));
  const database = await startEmbedded(join(folder, 'database'));
  const server = await ServerProcess.on(join(folder, 'server'), {
    DATABASE_URL: database.url,
    SEPARATION_OF_DUTIES: 'off',
  });
  try {
    await server.start();
    await fill(server.url);
    const cookie = await signIn(server.url);
    const policy = await ask<Policy>(server.url, `/streams/${stream}/policy`, cookie);
    const { version: _, ...settings } = policy;
    const stricter = structuredClone(settings);
    stricter.detectors['low-confidence'].threshold = 0.7;

    const bare = await bareRead(database.url);
    const calm = await probe(server.url, sleep(5_000));
    const one = await timed(server.url, cookie, { settings: stricter, predictions: rows });
    const two = await timed(server.url, cookie, { settings: stricter, against: settings, predictions: rows });
    return [
      {
        what: `what-if over ${one.result.predictions.toLocaleString('en')} predictions, against history`,
        figure: `${(one.ms / 1_000).toFixed(1)} s, ${perSecond(one.result.predictions, one.ms)}`,
        beside: `${(one.ms / bare).toFixed(2)} x bare read`,
      },
      {
        what: 'the same against another policy (two folds)',
        figure: `${(two.ms / 1_000).toFixed(1)} s, ${perSecond(two.result.predictions, two.ms)}`,
        beside: `${(two.ms / bare).toFixed(2)} x bare read`,
      },
      {
        what: 'ceiling: the same rows read by COPY',
        figure: `${(bare / 1_000).toFixed(1)} s`,
        beside: 'nothing parsed',
      },
      {
        what: 'ingest of one prediction meanwhile',
        figure: quantiles(one.meanwhile.ingest),
        beside: `calm: ${quantiles(calm.ingest)}`,
      },
      {
        what: 'health meanwhile',
        figure: quantiles(one.meanwhile.health),
        beside: `calm: ${quantiles(calm.health)}`,
      },
    ];
  } finally {
    await server.stop();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function* supply(): Generator<Prediction, never> {
  const digits = recordedPredictions().filter((prediction) => prediction.stream === stream);
  for (let round = 0; ; round += 1) {
    for (const prediction of digits) yield { ...prediction, id: `${prediction.id}-${round}` };
  }
}

async function fill(url: string): Promise<void> {
  const predictions = supply();
  let left = rows / batch;
  const connection = async () => {
    while (left > 0) {
      left -= 1;
      const body = Array.from({ length: batch }, () => JSON.stringify(predictions.next().value)).join('\n');
      for (;;) {
        const headers = { authorization: `Bearer ${ingestKey}`, 'content-type': 'application/x-ndjson' };
        const answer = await fetch(`${url}/api/v1/predictions`, { method: 'POST', headers, body });
        await answer.arrayBuffer();
        if (answer.ok) break;
        await sleep(500);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, connection));
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(admin),
  });
  if (!answer.ok) throw new Error(`signing in failed: ${await answer.text()}`);
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

async function ask<Answer>(url: string, path: string, cookie: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

async function timed(url: string, cookie: string, request: WhatIfRequest) {
  const startMs = performance.now();
  const replay = finished(url, cookie, request).then((result) => ({ result, ms: performance.now() - startMs }));
  const meanwhile = await probe(url, replay);
  return { ...(await replay), meanwhile };
}

async function finished(url: string, cookie: string, request: WhatIfRequest): Promise<WhatIfResult> {
  const { id } = await ask<WhatIfRun>(url, `/streams/${stream}/what-if`, cookie, request);
  for (;;) {
    await sleep(100);
    const { state, result, because } = await ask<WhatIfRun>(url, `/streams/${stream}/what-if/${id}`, cookie);
    if (result !== undefined) return result;
    if (state !== 'waiting' && state !== 'running') throw new Error(`the what-if is ${state}: ${because ?? ''}`);
  }
}

/** Asks for the server's health and sends it single predictions, one after the other, until something else is over. */
async function probe(url: string, until: Promise<unknown>) {
  const state = { isOver: false };
  const over = until.finally(() => (state.isOver = true));
  const times = { health: [] as number[], ingest: [] as number[] };
  while (!state.isOver) {
    const headers = { authorization: `Bearer ${ingestKey}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ stream: 'probe', id: `${performance.timeOrigin}-${performance.now()}`, label: 'a' });
    times.ingest.push(await took(fetch(`${url}/api/v1/predictions`, { method: 'POST', headers, body })));
    times.health.push(await took(fetch(`${url}/health/live`)));
    await sleep(10);
  }
  await over;
  return times;
}

async function took(answering: Promise<Response>): Promise<number> {
  const startMs = performance.now();
  const answer = await answering;
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return performance.now() - startMs;
}

/** The very rows of a what-if, decoded and dropped. @returns milliseconds */
async function bareRead(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' });
  await client.connect();
  try {
    const { rows: found } = await client.query<{ id: number }>('select id from stream where name = $1', [stream]);
    const window = { streamId: found[0]?.id ?? 0, fromPosition: 1, toPosition: rows, withOutcomes: false };
    const instants = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };
    const startMs = performance.now();
    const decoder = new StringDecoder('utf8');
    let characters = 0;
    for await (const chunk of client.query(
      copyTo(windowCopySql({ ...window, ...instants })),
    ) as AsyncIterable<Buffer>) {
      characters += decoder.write(chunk).length;
    }
    if (characters < rows) throw new Error('rows are missing');
    return performance.now() - startMs;
  } finally {
    await client.end();
  }
}

function quantiles(times: readonly number[]): string {
  return `p50 ${quantile(times, 0.5).toFixed(1)}, p99 ${quantile(times, 0.99).toFixed(1)} ms (${times.length})`;
}
