import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Me } from '@watchfloor/contracts';
import { roles } from '@watchfloor/contracts';
import pg from 'pg';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import { freshUrl } from '../../../../test/kit/database.ts';
import { call, signInAs, testPassword } from '../../../../test/kit/people.ts';
import { PublicAddress } from '../platform/config/public-address.ts';
import type { Settings } from '../platform/config/settings.ts';
import { demoPeople, ensureDemoPeople } from './demo-people.ts';
import { KeysService } from './keys.service.ts';

let database: Awaited<ReturnType<typeof freshUrl>>;
let app: TestApp | undefined;
beforeAll(async () => {
  database = await freshUrl();
}, 60_000);
afterEach(async () => {
  await app?.close();
  app = undefined;
});
afterAll(() => database.drop());

async function start(settings: Partial<Settings>, databaseUrl?: string): Promise<TestApp> {
  app = await startApp({ settings, ...(databaseUrl !== undefined && { databaseUrl }) });
  return app;
}

/** The link among the lines that the server prints after its start. */
async function printedLink({ app: server, url }: TestApp): Promise<string | undefined> {
  const lines = await server.get(PublicAddress).listensAt(url);
  const line = lines.find((text) => text.includes('/sign-in?link='));
  return line === undefined ? undefined : (/link=([\w-]+)/.exec(line)?.[1] ?? '');
}

async function dutiesInRecord(url: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ body: string }>('select body from record_entry order by id');
  await client.end();
  return rows
    .map(({ body }) => JSON.parse(body) as { kind: string; data: { separationOfDuties?: boolean } })
    .filter(({ kind }) => kind === 'duties-set')
    .map(({ data }) => data.separationOfDuties);
}

const adminEmail = 'first@watchfloor.test';

describe('the first start', () => {
  it('makes the administrator of the settings, who may do everything while duties are not separated', async () => {
    const server = await start({ adminEmail, adminPassword: testPassword, separationOfDuties: false });
    const as = await signInAs(server, adminEmail, testPassword);
    const me = (await (await call(server, '/auth/me', { as })).json()) as Me;
    expect(me.person.roles).toEqual([...roles]);
    expect(await printedLink(server)).toBeUndefined();
  }, 30_000);

  it('makes an administrator who only administers while they are', async () => {
    const server = await start({ adminEmail, adminPassword: testPassword, separationOfDuties: true });
    const as = await signInAs(server, adminEmail, testPassword);
    const me = (await (await call(server, '/auth/me', { as })).json()) as Me;
    expect([me.person.roles, me.separationOfDuties]).toEqual([['administrator'], true]);
  }, 30_000);

  it('takes the ingest key of the settings, for every stream', async () => {
    const server = await start({ ingestKey: 'a-key-that-was-agreed-on' });
    const holder = await server.app.get(KeysService).holderOf('a-key-that-was-agreed-on');
    expect(holder?.key.streams).toEqual(['*']);
  }, 30_000);

  it('without any settings prints a link for a local administrator', async () => {
    const server = await start({});
    const token = await printedLink(server);
    const answer = await call(server, '/auth/link', { body: { token } });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as Me).person.email).toBe('administrator@watchfloor.localhost');
  }, 30_000);
});

describe('a later start', () => {
  it('makes nobody anew, prints no link where somebody can sign in, and notes when duties changed', async () => {
    const first = await start(
      { adminEmail, adminPassword: testPassword, ingestKey: 'a-key-that-was-agreed-on' },
      database.url,
    );
    await first.close();
    const again = await start({ adminEmail: 'other@watchfloor.test', adminPassword: testPassword }, database.url);
    await expect(signInAs(again, 'other@watchfloor.test', testPassword)).rejects.toThrow('401');
    expect(await printedLink(again)).toBeUndefined();
    await again.close();
    const separated = await start({ separationOfDuties: true, ingestKey: 'a-key-that-was-agreed-on' }, database.url);
    const as = await signInAs(separated, adminEmail, testPassword);
    const me = (await (await call(separated, '/auth/me', { as })).json()) as Me;
    expect([me.separationOfDuties, me.permissions.includes('flags.decide')]).toEqual([true, false]);
    expect(await dutiesInRecord(database.url)).toEqual([false, true]);
  }, 60_000);
});

describe('the demo', () => {
  it('has somebody of each role and a key, with the same secrets at each start', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'demo-'));
    const server = await start({ dataDir });
    const access = await ensureDemoPeople(server.app);
    expect(await ensureDemoPeople(server.app)).toEqual(access);
    const held: string[] = [];
    for (const { email } of demoPeople) {
      const as = await signInAs(server, email, access.password);
      held.push(...((await (await call(server, '/auth/me', { as })).json()) as Me).person.roles);
    }
    expect(held.sort()).toEqual([...roles, 'reviewer'].sort());
    expect((await server.app.get(KeysService).holderOf(access.ingestKey))?.key.streams).toEqual(['*']);
    const file = join(dataDir, 'demo-access.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    // The file is lost, the database is not: the people get a new password, and no doubles.
    await rm(file);
    const renewed = await ensureDemoPeople(server.app);
    expect(renewed.password).not.toBe(access.password);
    await signInAs(server, 'owner@demo.watchfloor.test', renewed.password);
    expect(await readFile(file, 'utf8')).toContain(renewed.password);
    await rm(dataDir, { recursive: true });
  }, 60_000);
});
