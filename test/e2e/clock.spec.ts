import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Flag, Minute, Page } from '@watchfloor/contracts';
import { aPrediction } from '../builders/a-prediction.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { until } from '../kit/floor.ts';
import type { MovingClock } from '../kit/moving-clock.ts';
import { movingClock } from '../kit/moving-clock.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let clock: MovingClock;
let app: TestApp;
let key: string;
let supervisor: TestPerson;

beforeAll(async () => {
  clock = await movingClock();
  app = await startApp({ databaseUrl: clock.url });
  key = await ingestKey(app);
  supervisor = await signIn(app, ['supervisor']);
}, 60_000);
afterAll(async () => {
  await app.close();
  await clock.drop();
});

async function send(): Promise<void> {
  expect((await call(app, '/predictions', { body: aPrediction({ stream: 'beating' }), key })).status).toBe(200);
}

async function silences(): Promise<readonly Flag[]> {
  const answer = await call(app, '/flags?stream=beating&kind=silence', { as: supervisor });
  return ((await answer.json()) as Page<Flag>).items;
}

const minutes = async () =>
  ((await (await call(app, '/streams/beating/minutes', { as: supervisor })).json()) as { items: Minute[] }).items;

it('a stream that falls silent is flagged once, over a restart, and its minutes are kept', async () => {
  for (let second = 0; second < 90; second += 1) {
    await send();
    await clock.move(1);
  }
  await until('the first minutes are over', async () => (await minutes()).length >= 1);
  expect(await silences()).toEqual([]);

  // Time that nobody watches does not count as silence: it passes in small steps.
  for (let passed = 0; passed < 8 && (await silences()).length === 0; passed += 1) {
    await clock.move(20);
    await sleep(1_100);
  }
  const [flag, ...others] = await silences();
  expect(others).toEqual([]);
  expect(flag).toMatchObject({ stream: 'beating', state: 'open', subject: { kind: 'window' } });

  await app.app.close();
  app = await startApp({ databaseUrl: clock.url });
  for (let passed = 0; passed < 3; passed += 1) {
    await clock.move(20);
    await sleep(1_100);
  }
  expect((await silences()).map(({ id, version }) => ({ id, version }))).toEqual([
    { id: flag?.id, version: flag?.version },
  ]);
  const counted = (await minutes()).reduce((sum, minute) => sum + minute.predictions, 0);
  expect(counted).toBe(90);
}, 60_000);
