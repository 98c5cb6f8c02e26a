import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { until } from '../../../../../../test/kit/floor.ts';
import { startEmbedded, stopEmbedded } from './embedded-postgres.ts';
import { isAlive, runningPostmaster } from './postmaster.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchfloor-embedded-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (dataDir: string) => startEmbedded(dataDir, { isDurable: false });

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function clusterOf(dataDir: string): Promise<string> {
  const { cluster } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as { cluster: string };
  return resolve(dataDir, cluster);
}

async function pidOf(dataDir: string): Promise<number> {
  return runningPostmaster(await clusterOf(dataDir))?.pid ?? 0;
}

const count = async (url: string) =>
  (await query<{ count: number }>(url, 'select count(*)::int as count from note'))[0]?.count;

describe('the embedded PostgreSQL', () => {
  it('keeps its data over a restart, at the same address, for those who know the password', async () => {
    const dataDir = join(folder, 'plain');
    const first = await start(dataDir);
    await query(first.url, 'create table note (id int)');
    await query(first.url, 'insert into note values (1)');
    await first.stop();
    expect(await pidOf(dataDir)).toBe(0);
    const second = await start(dataDir);

    expect(second.url).toBe(first.url);
    expect(await count(second.url)).toBe(1);
    const [row] = await query<{ addr: string; fsync: string }>(
      second.url,
      "select inet_server_addr() as addr, current_setting('listen_addresses') as fsync",
    );
    expect(row).toEqual({ addr: '127.0.0.1', fsync: '127.0.0.1' });
    const wrong = Object.assign(new URL(second.url), { password: 'guess' }).href;
    await expect(query(wrong, 'select 1')).rejects.toThrow('password authentication failed');
    expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o077).toBe(0);
    await second.stop();
  }, 60_000);

  it('is adopted while it still runs', async () => {
    const dataDir = join(folder, 'orphan');
    const first = await start(dataDir);
    const pid = await pidOf(dataDir);
    // Its server has vanished without stopping it.
    const second = await start(dataDir);

    expect(await pidOf(dataDir)).toBe(pid);
    expect(second.notes.join()).toContain(`process ${pid}`);
    await second.stop();
    expect(isAlive(pid)).toBe(false);
    await first.stop();
  }, 60_000);

  it('comes back after a crash, with its old lock naming another process by now', async () => {
    const dataDir = join(folder, 'crash');
    // Only a durable one has promised to have it still.
    const first = await startEmbedded(dataDir);
    await query(first.url, 'create table note (id int)');
    process.kill(await pidOf(dataDir), 'SIGKILL');
    const lock = join(await clusterOf(dataDir), 'postmaster.pid');
    const content = await readFile(lock, 'utf8');
    await until('it is gone', async () => (await pidOf(dataDir)) === 0);
    await writeFile(lock, content.replace(/^\d+/, String(process.pid)));

    const second = await start(dataDir);
    expect(await count(second.url)).toBe(0);
    await second.stop();
  }, 60_000);

  it('begins anew where a first start was broken off', async () => {
    const dataDir = join(folder, 'broken-off');
    await mkdir(join(dataDir, 'postgres.unfinished', 'data'), { recursive: true });
    await writeFile(join(dataDir, 'postgres.unfinished', 'data', 'PG_VERSION'), '18');
    const { stop } = await start(dataDir);
    await stop();
    expect(existsSync(join(dataDir, 'postgres.unfinished'))).toBe(false);
  }, 60_000);

  it('puts data aside whose password is lost, rather than to lose it or to fail', async () => {
    const dataDir = join(folder, 'lost');
    const first = await start(dataDir);
    await query(first.url, 'create table note (id int)');
    await rm(join(dataDir, 'postgres.json'));
    const second = await start(dataDir);

    expect(second.notes.join()).toMatch(/moved to postgres\.\d{14}/);
    await expect(query(second.url, 'select * from note')).rejects.toThrow('does not exist');
    await second.stop();
  }, 60_000);

  it('moves with its data directory', async () => {
    const [from, to] = [join(folder, 'before'), join(folder, 'after')];
    const first = await start(from);
    await query(first.url, 'create table note (id int)');
    await first.stop();
    await rename(from, to);
    const second = await start(to);

    expect(await count(second.url)).toBe(0);
    await second.stop();
  }, 60_000);

  const asRoot = isRoot ? it : undefined;
  asRoot?.(
    'for root it runs as another account, also below a folder that only root may enter',
    async () => {
      const closed = join(folder, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const dataDir = join(closed, 'data');
      const first = await start(dataDir);
      const cluster = await clusterOf(dataDir);

      expect(cluster.startsWith(dataDir)).toBe(false);
      expect((await stat(cluster)).uid).not.toBe(0);
      expect(first.notes.join()).toContain(cluster);
      await first.stop();

      const copy = join(closed, 'copy');
      await cp(dataDir, copy, { recursive: true });
      await expect(start(copy)).rejects.toThrow(`is a copy of ${dataDir}`);
      await rm(resolve(cluster, '..'), { recursive: true });
    },
    60_000,
  );

  it('can be stopped by whoever knows the data directory', async () => {
    const dataDir = join(folder, 'stopped');
    await start(dataDir);
    const pid = await pidOf(dataDir);
    await stopEmbedded(dataDir);
    expect(isAlive(pid)).toBe(false);
    await stopEmbedded(dataDir);
  }, 60_000);
});
