import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Policy, Prediction } from '@watchfloor/contracts';
import { saveWatch, startWatch } from '@watchfloor/detection';
import { DataSource } from 'typeorm';
import type { TestApp } from '../../../../../test/kit/app.ts';
import { startApp } from '../../../../../test/kit/app.ts';
import { freshUrl } from '../../../../../test/kit/database.ts';
import type { TestPerson } from '../../../../../test/kit/people.ts';
import { call, ingestKey, signIn } from '../../../../../test/kit/people.ts';
import { Work } from '../../platform/database/work.ts';
import { AuditKeys } from '../../streams/audit-keys.ts';
import { StreamRisk } from '../../risk/stream-risk.ts';
import { StreamsService } from '../../streams/streams.service.ts';
import { WatchedStream } from './watched-stream.ts';
import { Watches } from './watches.ts';

const recorded = readFileSync(new URL('../../../../../test/streams/digits.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { prediction: Prediction }).prediction)
  .map(({ input: _, ...prediction }) => prediction);

interface Row {
  readonly position: string;
  readonly received_at: Date;
  readonly signals: readonly { kind: string; score: number }[] | null;
  readonly body: Prediction;
}

describe('the memory of detectors', () => {
  let database: { url: string; drop(): Promise<void> };
  let app: TestApp;

  beforeAll(async () => {
    database = await freshUrl();
  });
  beforeEach(async () => {
    app = await startApp({ databaseUrl: database.url });
  });
  afterAll(() => database.drop());

  async function send(stream: string, from: number, to: number): Promise<void> {
    const key = await ingestKey(app);
    const items = recorded.slice(from, to).map((prediction) => ({ ...prediction, stream }));
    for (let start = 0; start < items.length; start += 97) {
      const answer = await call(app, '/predictions', { body: items.slice(start, start + 97), key });
      expect(answer.status).toBe(200);
    }
  }

  const rows = (stream: string) =>
    app.app
      .get(DataSource)
      .query<Row[]>(
        'select position, received_at, signals, body from prediction join stream on stream.id = stream_id where name = $1 order by position',
        [stream],
      );

  /** Looks at all that is stored of a stream once more, from the very beginning. */
  async function lookedAtAgain(stream: string): Promise<{ watched: WatchedStream; found: string[] }> {
    const registered = app.app.get(StreamsService).find(stream)!;
    const watched = new WatchedStream(
      registered,
      startWatch(),
      StreamRisk.start(registered.policy),
      { position: 0, receivedAtMs: 0 },
      app.app.get(AuditKeys).key,
    );
    const found = (await rows(stream)).map((row) => kinds(watched.next(row.body, row.received_at.getTime()).signals));
    return { watched, found };
  }

  const kinds = (signals: Row['signals'] | readonly { kind: string; score: number }[]) =>
    (signals ?? []).map(({ kind, score }) => `${kind} ${score}`).join();

  it('is the same after a crash as if there had been none', async () => {
    await send('crash', 0, 400);
    // No watch is saved, as after kill -9 shortly after the start.
    await app.app.get(DataSource).query('delete from stream_watch');
    const stream = app.app.get(StreamsService).find('crash')!;
    const [loaded] = await app.app.get(Work).read((tx) => app.app.get(Watches).load(tx, [stream]));
    const { watched, found } = await lookedAtAgain('crash');

    expect(saveWatch(loaded!.watch)).toEqual(saveWatch(watched.watch));
    expect(loaded?.position).toBe(400);
    // And the first time, live and in batches, they had said the same.
    expect((await rows('crash')).map(({ signals }) => kinds(signals))).toEqual(found);
    expect(found.filter((said) => said !== '').length).toBeGreaterThan(10);
    await app.close();
  }, 30_000);

  it('is taken up by the next start, so that it says the same as without a restart', async () => {
    await send('restart', 0, 300);
    await app.close();
    app = await startApp({ databaseUrl: database.url });
    const saved = await app.app
      .get(DataSource)
      .query<[{ position: string }]>(
        "select position from stream_watch join stream on stream.id = stream_id where name = 'restart'",
      );
    await send('restart', 300, 600);

    expect(saved[0].position).toBe('300');
    expect((await rows('restart')).map(({ signals }) => kinds(signals))).toEqual(
      (await lookedAtAgain('restart')).found,
    );
    await app.close();
  }, 30_000);

  it('is saved when the policy changes, so that a replay looks at each prediction under its own policy', async () => {
    const owner: TestPerson = await signIn(app, ['owner']);
    await send('policy', 0, 100);
    const before = (await (await call(app, '/streams/policy/policy', { as: owner })).json()) as Policy;
    const detectors = { ...before.detectors, 'low-confidence': { enabled: true, share: 0.08, threshold: 0.99 } };
    const change = { ...before, detectors, reason: 'be stricter' };
    const changed = await call(app, '/streams/policy/policy', { method: 'PUT', body: change, as: owner });
    expect(await changed.json()).toMatchObject({ version: 2 });
    await send('policy', 100, 200);

    const versions = (await rows('policy')).flatMap(
      ({ signals }) => (signals as { policyVersion?: number }[] | null) ?? [],
    );
    expect(new Set(versions.map(({ policyVersion }) => policyVersion))).toEqual(new Set([1, 2]));
    const [watch] = await app.app
      .get(DataSource)
      .query<[{ position: string }]>(
        "select position from stream_watch join stream on stream.id = stream_id where name = 'policy'",
      );
    expect(watch.position).toBe('100');
    const stale = await call(app, '/streams/policy/policy', { method: 'PUT', body: change, as: owner });
    expect(stale.status).toBe(409);
    expect(await stale.json()).toMatchObject({ refused: 'stale-version' });
    await app.close();
  }, 30_000);

  it('is made again when another version of the program saved it, as far back as predictions are kept', async () => {
    await send('older', 0, 400);
    await app.close();
    app = await startApp({ databaseUrl: database.url });
    const data = app.app.get(DataSource);
    const stream = app.app.get(StreamsService).find('older')!;
    const load = () => app.app.get(Work).read((tx) => app.app.get(Watches).load(tx, [stream]));
    await data.query('update stream_watch set state = $1 where stream_id = $2', [Buffer.from([0]), stream.id]);
    const [again] = await load();
    expect(saveWatch(again!.watch)).toEqual(saveWatch((await lookedAtAgain('older')).watched.watch));

    await data.query('delete from prediction where stream_id = $1 and position <= 100', [stream.id]);
    expect((await load())[0]?.position).toBe(400);
    await data.query('delete from prediction where stream_id = $1', [stream.id]);
    expect((await load())[0]?.position).toBe(400);
    await app.close();
  }, 30_000);
});
