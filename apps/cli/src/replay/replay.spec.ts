import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Outcome, Prediction } from '@watchfloor/contracts';
import { replay } from './replay.ts';

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchfloor-replay-'));
  file = join(folder, 'sums.jsonl');
  const lines = [0, 0.5, 1].map((offsetSeconds, number) =>
    JSON.stringify({
      offsetSeconds,
      prediction: { stream: 'sums', id: `sum-${number}`, label: 'four' },
      truth: { label: 'five' },
      incident: false,
    }),
  );
  await writeFile(file, lines.join('\n'));
});

afterAll(() => rm(folder, { recursive: true }));

async function play(options: Partial<Parameters<typeof replay>[2]>, source = file) {
  const sent: Prediction[] = [];
  const truths: Outcome[] = [];
  const sink = {
    predict: async (prediction: Prediction) => void sent.push(prediction),
    outcome: async (outcome: Outcome) => void truths.push(outcome),
  };
  await replay(source, sink, {
    speed: 10,
    loop: false,
    freshIds: false,
    truthAfterSeconds: 1,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...options,
  });
  return { sent, truths };
}

test('a recording is played in its order, with the present as its time, and its truth follows', async () => {
  const before = Date.now();
  const { sent, truths } = await play({});
  expect(sent.map(({ id }) => id)).toEqual(['sum-0', 'sum-1', 'sum-2']);
  expect(Date.parse(sent[0]?.at ?? '')).toBeGreaterThanOrEqual(before);
  expect(truths).toEqual(sent.map(({ id }) => ({ stream: 'sums', id, label: 'five' })));
  expect(Date.now() - before).toBeGreaterThanOrEqual(200);
});

test('fresh ids differ from the recorded ones, and truth goes with them', async () => {
  const { sent, truths } = await play({ freshIds: true, speed: Infinity });
  expect(sent.map(({ id }) => id)).not.toContain('sum-0');
  expect(truths.map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
});

test('a loop goes on until it is stopped, and no id comes twice', async () => {
  const stop = new AbortController();
  let count = 0;
  const { sent } = await play({
    loop: true,
    speed: 100,
    signal: stop.signal,
    onProgress: () => {
      count += 1;
      if (count === 7) stop.abort();
    },
  });
  expect(sent).toHaveLength(7);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(7);
});

test('a loop does not pause for the truth of a round: it comes during later ones', async () => {
  const stop = new AbortController();
  const startedMs = Date.now();
  let count = 0;
  const { truths } = await play({
    loop: true,
    truthAfterSeconds: 3,
    signal: stop.signal,
    onProgress: () => {
      count += 1;
      if (count === 15) stop.abort();
    },
  });
  // Five rounds of a tenth of a second each; the pause for one round's truth would last three times as long.
  expect(Date.now() - startedMs).toBeLessThan(1_000);
  expect(truths.slice(0, 3).map(({ id }) => id)).toEqual(['sum-0', 'sum-1', 'sum-2']);
});

test('a line that does not fit is named by file, number and reason', async () => {
  const bad = join(folder, 'bad.jsonl');
  await writeFile(
    bad,
    '{"offsetSeconds":0,"prediction":{"stream":"sums","id":"a","label":"x"}}\n{"offsetSeconds":1}\n',
  );
  await expect(play({}, bad)).rejects.toThrow(/bad\.jsonl:2.*prediction/);
});
