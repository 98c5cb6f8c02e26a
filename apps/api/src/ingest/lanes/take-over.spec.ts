import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { TestApp } from '../../../../../test/kit/app.ts';
import { startApp } from '../../../../../test/kit/app.ts';
import { aPrediction } from '../../../../../test/builders/a-prediction.ts';
import { freshUrl } from '../../../../../test/kit/database.ts';
import { until } from '../../../../../test/kit/floor.ts';
import { call, ingestKey } from '../../../../../test/kit/people.ts';

let database: { url: string; drop(): Promise<void> };
let first: TestApp;
let second: TestApp;
let key: string;

beforeAll(async () => {
  database = await freshUrl();
  first = await startApp({ databaseUrl: database.url });
  second = await startApp({ databaseUrl: database.url });
  key = await ingestKey(first);
}, 60_000);

afterAll(async () => {
  await first.close();
  await second.close();
  await database.drop();
});

const send = async (app: TestApp) => {
  const answer = await call(app, '/predictions', { body: aPrediction({ stream: 'shared' }), key });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after') };
};
const isReady = async (app: TestApp) => (await fetch(`${app.url}/health/ready`)).ok;
const positions = async () =>
  (
    await second.app.get(DataSource).query<{ position: string }[]>('select position from prediction order by position')
  ).map(({ position }) => Number(position));

it('of two servers on one database, one stores; the other says so, and takes over when the first is gone', async () => {
  expect(await send(first)).toMatchObject({ status: 200 });
  expect(await send(second)).toEqual({ status: 503, retryAfter: '1' });
  expect([await isReady(first), await isReady(second)]).toEqual([true, false]);

  await first.app.close();
  await until('the second server owns the lanes', () => isReady(second));

  expect(await send(second)).toMatchObject({ status: 200 });
  expect(await positions()).toEqual([1, 2]);
}, 30_000);

it('a server whose lock is taken from it stores nothing more by that right, and asks for it again', async () => {
  const query = (sql: string) => second.app.get(DataSource).query<unknown[]>(sql);
  await query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'watchfloor lanes' and datname = current_database()",
  );
  await until('it stores again', async () => (await send(second)).status === 200);

  // Another process's tenure fences this one off, even while it still believes in its own.
  await query('update lane set epoch = epoch + 1');
  const before = await positions();
  expect(await send(second)).toMatchObject({ status: 503 });
  expect(await positions()).toEqual(before);
  await until('it stores again', async () => (await send(second)).status === 200);
  const after = await positions();
  expect(after).toEqual(after.map((_, at) => at + 1));
}, 30_000);
