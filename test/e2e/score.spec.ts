import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ScoreAnswer, SeriesRow } from '@watchfloor/contracts';
import { mostSeriesRows } from '@watchfloor/contracts';
import { scoreRows } from '@watchfloor/detection';
import { nabFiles } from '../eval/nab/nab-file.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let supervisor: TestPerson;
let folder: string;

beforeAll(async () => {
  app = await startApp();
  supervisor = await signIn(app, ['supervisor']);
  folder = await mkdtemp(join(tmpdir(), 'watchfloor-score-'));
}, 60_000);
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const taxi = nabFiles().find(({ name }) => name === 'realKnownCause/nyc_taxi.csv')!;
const rows: SeriesRow[] = taxi.times.map((timestamp, row) => ({ timestamp, value: taxi.values[row]! }));

/** What the command line writes of a file. */
async function scoredByCli(file: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const args = [fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url)), 'score', file];
  execFile(process.execPath, args, { maxBuffer: 64 * 1024 * 1024, timeout: 30_000 }, (error, stdout, stderr) => {
    if (error === null) resolve(stdout);
    else reject(new Error(stderr, { cause: error }));
  });
  return promise;
}

describe('the score of a series', () => {
  it('is the same from the server, the command line and the library', async () => {
    const file = join(folder, 'taxi.csv');
    const lines = rows.map(({ timestamp, value }) => `${timestamp},${value}`);
    await writeFile(file, `timestamp,value\n${lines.join('\n')}\n`);
    const byLibrary = scoreRows(rows);
    const answer = await call(app, '/score', { body: { rows }, as: supervisor });
    expect(answer.status).toBe(200);
    expect((await answer.json()) as ScoreAnswer).toEqual(byLibrary);
    const written = (await scoredByCli(file)).trimEnd().split('\n').slice(1);
    expect(written.map((line) => Number(line.split(',')[2]))).toEqual(byLibrary.scores);
    expect(byLibrary).toMatchObject({ isLearning: false, knowsDay: true, knowsWeek: true });
    expect(byLibrary.scores.filter((score) => score > 0.5).length).toBeGreaterThan(3);
  }, 40_000);

  it('is for people who may read streams, and nobody else', async () => {
    const body = { rows: rows.slice(0, 3) };
    expect((await call(app, '/score', { body })).status).toBe(401);
    expect((await call(app, '/score', { body, key: await ingestKey(app) })).status).toBe(403);
  });

  it.each([
    ['no rows', [], '/rows'],
    ['no timestamp', [{ timestamp: 'now', value: 1 }], '/rows/0/timestamp'],
    ['no number', [{ timestamp: '2026-11-22 00:00:00', value: '1' }], '/rows/0/value'],
    ['an unknown field', [{ timestamp: '2026-11-22 00:00:00', value: 1, label: 'x' }], '/rows/0/label'],
    ['too many', Array.from({ length: mostSeriesRows + 1 }, () => ({ timestamp: '2026-11-22', value: 1 })), '/rows'],
  ])('is refused for %s, with the place', async (_, wrong, pointer) => {
    const answer = await call(app, '/score', { body: { rows: wrong }, as: supervisor });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(JSON.stringify(await answer.json())).toContain(pointer);
  });
});
