import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { IngestReport, Page, Prediction, PredictionRow, StoredPrediction } from '@watchfloor/contracts';
import pg from 'pg';
import { predictions } from '../builders/a-prediction.ts';
import { recordedStream } from '../builders/a-stream.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { freshUrl } from '../kit/database.ts';
import { call, ingestKey, newKey, signIn } from '../kit/people.ts';

interface Database {
  readonly url: string;
  drop(): Promise<void>;
}

/** Without images: they are of no interest to detectors. */
const recorded: readonly Prediction[] = recordedStream('digits').map(({ prediction: { input: _, ...rest } }) => rest);

let database: Database;
const running = new Set<TestApp>();

beforeAll(async () => {
  database = await freshUrl();
}, 60_000);
afterEach(async () => {
  await Promise.all([...running].map(stop));
});
afterAll(() => database.drop());

async function start(on: Database = database): Promise<TestApp> {
  const app = await startApp({ databaseUrl: on.url });
  running.add(app);
  return app;
}

async function stop(app: TestApp): Promise<void> {
  running.delete(app);
  await app.close();
}

async function send(app: TestApp, key: string, items: readonly Prediction[]): Promise<IngestReport> {
  const answer = await call(app, '/predictions', { key, body: items });
  expect(answer.status).toBe(200);
  return (await answer.json()) as IngestReport;
}

/** In requests as a sender makes them. */
async function play(app: TestApp, items: readonly Prediction[]): Promise<void> {
  const key = await ingestKey(app);
  for (let from = 0; from < items.length; from += 83) {
    const some = items.slice(from, from + 83);
    expect(await send(app, key, some)).toEqual({ accepted: some.length, duplicates: 0, rejected: [] });
  }
}

/** What the detectors said of each prediction of the digits, in order. */
async function said({ url }: Database): Promise<{ id: string; kinds: string[] }[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ id: string; signals: { kind: string; score: number }[] | null }>(
    "select prediction.id, signals from prediction join stream on stream.id = stream_id where name = 'digits' order by position",
  );
  await client.end();
  return rows.map(({ id, signals }) => ({ id, kinds: (signals ?? []).map(({ kind, score }) => `${kind} ${score}`) }));
}

describe('over a restart', () => {
  it('an id that was stored is a duplicate (P2), whether the watch was saved or not', async () => {
    const items = predictions(40, { stream: 'twice' });
    const one = await start();
    const key = await ingestKey(one);
    expect(await send(one, key, items.slice(0, 30))).toEqual({ accepted: 30, duplicates: 0, rejected: [] });
    await stop(one);

    const client = new pg.Client(database.url);
    await client.connect();
    // As after kill -9: everything that was stored since the last saved watch is replayed.
    await client.query('delete from stream_watch');
    const two = await start();
    expect(await send(two, key, items)).toEqual({ accepted: 10, duplicates: 30, rejected: [] });
    expect(await send(two, key, items)).toEqual({ accepted: 0, duplicates: 40, rejected: [] });

    const { rows } = await client.query<{ id: string; position: string }>(
      "select prediction.id, position from prediction join stream on stream.id = stream_id where name = 'twice' order by position",
    );
    await client.end();
    expect(rows.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(rows.map(({ position }) => Number(position))).toEqual(items.map((_, at) => at + 1));
  }, 60_000);

  it('detectors say of every prediction what they would have said without it', async () => {
    const other = await freshUrl();
    try {
      const half = 470;
      const first = await start();
      await play(first, recorded.slice(0, half));
      await stop(first);
      await play(await start(), recorded.slice(half, 2 * half));
      await play(await start(other), recorded.slice(0, 2 * half));

      const interrupted = await said(database);
      expect(interrupted).toHaveLength(2 * half);
      expect(interrupted).toEqual(await said(other));
      // There was something to say on both sides of the restart, or all this would prove nothing.
      const flagged = interrupted.map(({ kinds }) => kinds.length > 0);
      expect(flagged.slice(0, half).filter(Boolean).length).toBeGreaterThan(20);
      expect(flagged.slice(half).filter(Boolean).length).toBeGreaterThan(20);
    } finally {
      await Promise.all([...running].map(stop));
      await other.drop();
    }
  }, 90_000);

  it('everything is served as before', async () => {
    const one = await start();
    await send(one, await ingestKey(one), predictions(3, { stream: 'served', features: { length: 7 } }));
    const look = async (app: TestApp) => {
      const as = await signIn(app, ['supervisor']);
      const page = await call(app, '/streams/served/predictions', { as });
      const { items } = (await page.json()) as Page<PredictionRow>;
      const last = await call(app, `/predictions/served/${items[0]?.id ?? ''}`, { as });
      return { items, last: (await last.json()) as StoredPrediction };
    };
    const before = await look(one);
    await stop(one);
    const after = await look(await start());

    expect(before.items).toHaveLength(3);
    expect(before.last).toMatchObject({ position: 3, prediction: { features: { length: 7 } } });
    expect(after).toEqual(before);
  }, 60_000);
});

describe('a revoked key', () => {
  it('opens the way in no more, at once here and after a restart, and what it had sent stays', async () => {
    const one = await start();
    const { id, secret } = await newKey(one, ['*']);
    const administrator = await signIn(one, ['administrator']);
    const [first, second] = predictions(2, { stream: 'revoked' });
    expect(await send(one, secret, [first!])).toMatchObject({ accepted: 1 });
    const revoked = await call(one, `/keys/${id}`, { method: 'DELETE', as: administrator });
    expect(revoked.status).toBe(204);
    const status = async (app: TestApp) => (await call(app, '/predictions', { key: secret, body: second })).status;
    expect(await status(one)).toBe(401);
    await stop(one);

    const two = await start();
    expect(await status(two)).toBe(401);
    const as = await signIn(two, ['supervisor']);
    expect((await call(two, `/predictions/revoked/${first!.id}`, { as })).status).toBe(200);
  }, 60_000);
});
