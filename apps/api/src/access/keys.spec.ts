import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CreatedKey, IngestKey, Page } from '@watchfloor/contracts';
import { createdKeySchema, keySchema, pageSchema } from '@watchfloor/contracts';
import pg from 'pg';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import type { TestPerson } from '../../../../test/kit/people.ts';
import { call, signIn } from '../../../../test/kit/people.ts';
import { KeysService } from './keys.service.ts';

let app: TestApp;
let database: pg.Client;
let administrator: TestPerson;
beforeAll(async () => {
  app = await startApp();
  database = new pg.Client({ connectionString: app.databaseUrl });
  await database.connect();
  administrator = await signIn(app, ['administrator']);
}, 60_000);
afterAll(async () => {
  await database.end();
  await app.close();
});

async function made(streams: readonly string[], name = 'Fraud model'): Promise<CreatedKey> {
  const answer = await call(app, '/keys', { body: { name, streams }, as: administrator });
  expect(answer.status).toBe(201);
  return createdKeySchema.parse(await answer.json());
}
const list = async (query = '') =>
  pageSchema(keySchema).parse(
    await (await call(app, `/keys${query}`, { as: administrator })).json(),
  ) as Page<IngestKey>;
const holder = (secret: string) => app.app.get(KeysService).holderOf(secret);

describe('an ingest key', () => {
  it('shows its secret once, and is kept as a hash', async () => {
    const { secret, id } = await made(['fraud', 'fraud', 'fraud-eu']);
    expect(secret).toMatch(/^wfk_[\w-]{43}$/);
    const listed = (await list()).items.find((key) => key.id === id);
    expect(listed).toMatchObject({ streams: ['fraud', 'fraud-eu'], revokedAt: null, lastUsedAt: null });
    expect(JSON.stringify(listed)).not.toContain(secret);
    const { rows } = await database.query<{ kept: string }>(
      `select encode(secret_hash, 'escape') as kept from ingest_key`,
    );
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('is for every stream when one of them is *', async () => {
    expect((await made(['fraud', '*'])).streams).toEqual(['*']);
  });

  it.each([[[]], [['two words']], [['../etc']]])('cannot be for streams like %j', async (streams) => {
    expect((await call(app, '/keys', { body: { name: 'x', streams }, as: administrator })).status).toBe(400);
  });

  it('is known at once, and no more within two seconds of being revoked by another instance', async () => {
    const { secret, id } = await made(['*']);
    expect((await holder(secret))?.key.id).toBe(id);
    await database.query('update ingest_key set revoked_at = now() where id = $1', [id]);
    await sleep(2_000);
    expect(await holder(secret)).toBeUndefined();
  });

  it('is no more at once when revoked here, and revoking twice is once', async () => {
    const { secret, id } = await made(['*']);
    expect(await holder(secret)).toBeDefined();
    for (let round = 0; round < 2; round += 1) {
      expect((await call(app, `/keys/${id}`, { method: 'DELETE', as: administrator })).status).toBe(204);
    }
    expect(await holder(secret)).toBeUndefined();
    expect((await list()).items.find((key) => key.id === id)?.revokedAt).not.toBeNull();
    const { rows } = await database.query(`select from record_entry where body like $1`, [`%key-revoked%${id}%`]);
    const either = await database.query(`select from record_entry where body like $1`, [`%${id}%key-revoked%`]);
    expect(rows.length + either.rows.length).toBe(1);
  });

  it('that does not exist cannot be revoked', async () => {
    const path = '/keys/00000000-0000-7000-8000-000000000000';
    expect((await call(app, path, { method: 'DELETE', as: administrator })).status).toBe(404);
  });

  it('is asked of the database once for a thousand requests, and notes later when it was used', async () => {
    const { secret, id } = await made(['*']);
    const before = await database.query<{ n: string }>(
      `select xact_commit as n from pg_stat_database where datname = current_database()`,
    );
    await Promise.all(Array.from({ length: 1_000 }, () => holder(secret)));
    await sleep(1_200);
    const after = await database.query<{ n: string }>(
      `select xact_commit as n from pg_stat_database where datname = current_database()`,
    );
    expect(Number(after.rows[0]!.n) - Number(before.rows[0]!.n)).toBeLessThan(200);
    let lastUsedAt: string | null = null;
    for (let waited = 0; lastUsedAt === null && waited < 8_000; waited += 250) {
      await sleep(250);
      lastUsedAt = (await list()).items.find((key) => key.id === id)?.lastUsedAt ?? null;
    }
    expect(lastUsedAt).not.toBeNull();
  });

  it('is listed newest first, page by page', async () => {
    const names = ['one', 'two', 'three'];
    for (const name of names) await made(['*'], name);
    const first = await list('?limit=2');
    expect(first.items.map(({ name }) => name)).toEqual(['three', 'two']);
    const second = await list(`?limit=1&after=${first.next ?? ''}`);
    expect(second.items.map(({ name }) => name)).toEqual(['one']);
  });

  it.each(['', ' ', 'wfk_', 'x'.repeat(10_000), '\u00e9'])('is not %j', async (secret) => {
    expect(await holder(secret)).toBeUndefined();
  });
});
