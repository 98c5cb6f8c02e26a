import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '../../../../../test/kit/database.ts';
import { freshDatabase } from '../../../../../test/kit/database.ts';
import { Clock } from '../clock/clock.ts';
import { afterCommit, clientOf, sqlStateOf } from './work.ts';

describe('Work', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await freshDatabase();
    await database.query('create table note (id int primary key, text text)');
    await database.query("insert into note values (1, 'a'), (2, 'b')");
  });
  afterAll(() => database.close());

  const texts = async () =>
    (await database.query<{ text: string }>('select text from note order by id')).map(({ text }) => text);

  it('keeps all of a unit of work or nothing', async () => {
    const heard: string[] = [];
    const failing = database.work.run(async (tx) => {
      afterCommit(tx, () => heard.push('committed'));
      await tx.query("update note set text = 'z'");
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await texts()).toEqual(['a', 'b']);
    expect(heard).toEqual([]);
  });

  it('calls back once after the commit, when others can see it', async () => {
    let seen: Promise<string[]> | undefined;
    await database.work.run(async (tx) => {
      afterCommit(tx, () => {
        seen = texts();
      });
      await tx.query("update note set text = 'c' where id = 1");
      expect(await texts()).toEqual(['a', 'b']);
    });

    expect(await seen).toEqual(['c', 'b']);
  });

  it('is not undone by a callback that fails', async () => {
    await database.work.run(async (tx) => {
      afterCommit(tx, () => {
        throw new Error('deaf listener');
      });
      await tx.query("update note set text = 'd' where id = 1");
    });

    expect(await texts()).toEqual(['d', 'b']);
  });

  it('runs again after a deadlock, so that both sides get through', async () => {
    let waiting = 0;
    let go = (): void => undefined;
    const bothHold = new Promise<void>((resolve) => (go = resolve));
    let attempts = 0;
    const crossing = (first: number, second: number) =>
      database.work.run(async (tx) => {
        attempts += 1;
        await tx.query("update note set text = text || '!' where id = $1", [first]);
        waiting += 1;
        if (waiting >= 2) go();
        await bothHold;
        await tx.query("update note set text = text || '!' where id = $1", [second]);
      });

    await Promise.all([crossing(1, 2), crossing(2, 1)]);

    // The second attempt may meet the other side half-way once more.
    expect(attempts).toBeGreaterThanOrEqual(3);
    expect(await texts()).toEqual(['d!!', 'b!!']);
  });

  it('bounds how long a statement may take', async () => {
    const sleepy = database.work.run((tx) => tx.query('select pg_sleep(5)'), { statementTimeoutMs: 50 });

    const error: unknown = await sleepy.catch((reason: unknown) => reason);
    expect(sqlStateOf(error)).toBe('57014');
    await database.work.run((tx) => tx.query('select pg_sleep(0.1)'));
  });

  it('gives the raw client of the same transaction', async () => {
    await database.work.run(async (tx) => {
      const client = await clientOf(tx);
      const { rows } = await client.query<{ id: string }>('select txid_current()::text as id');
      const [row] = await tx.query<[{ id: string }]>('select txid_current()::text as id');
      expect(rows[0]?.id).toBe(row.id);
    });
  });

  it('has a clock that stands still within a transaction', async () => {
    await database.work.run(async (tx) => {
      const first = await new Clock().now(tx);
      await tx.query('select pg_sleep(0.02)');
      expect(await new Clock().now(tx)).toBe(first);
      expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    });
  });
});
