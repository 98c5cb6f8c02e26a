import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { MixedList, EntitySchema } from 'typeorm';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrateDatabase } from '../../apps/api/src/platform/database/data-source.ts';
import { startEmbedded } from '../../apps/api/src/platform/database/embedded/embedded-postgres.ts';
import { Work } from '../../apps/api/src/platform/database/work.ts';

type Entities = MixedList<(new () => object) | EntitySchema>;

/** A migrated database of one spec file. */
export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly work: Work;
  /** Runs a statement outside any transaction and gives its rows. */
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Closes the connections and drops the database. */
  close(): Promise<void>;
}

const template = 'watchfloor_template';

/** Makes a database from the migrated template: call it in `beforeAll`, and `close` it in `afterAll`. */
export async function freshDatabase({ entities = [] }: { entities?: Entities } = {}): Promise<TestDatabase> {
  const { url, drop } = await freshUrl();
  const dataSource = await new DataSource({ ...dataSourceOptions(url), entities }).initialize();
  return {
    url,
    dataSource,
    work: new Work(dataSource),
    query: <Row>(sql: string, parameters?: unknown[]) => dataSource.query<Row[]>(sql, parameters),
    close: async () => {
      await dataSource.destroy();
      await drop();
    },
  };
}

/** The address of a migrated database of one's own, for those who connect by themselves. */
export async function freshUrl(): Promise<{ url: string; drop(): Promise<void> }> {
  const cluster = await sharedCluster();
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  await administer(cluster, `create database ${name} template ${template}`);
  return {
    url: databaseOf(cluster, name),
    drop: () => administer(cluster, `drop database if exists ${name} with (force)`),
  };
}

/** This run's PostgreSQL with its migrated template: started by the first spec file that asks, whichever process it is in. */
async function sharedCluster(): Promise<string> {
  const folder = process.env.WATCHFLOOR_TEST_POSTGRES;
  if (folder === undefined)
    throw new Error('the database of the tests is made by test/kit/jest/start.mjs, which did not run');
  const ready = join(folder, 'ready.json');
  if (!existsSync(ready) && isFirst(folder)) {
    const outcome = await startTemplate(folder).then(
      (url) => ({ url }),
      (error: unknown) => ({ error: String(error) }),
    );
    writeFileSync(`${ready}.new`, JSON.stringify(outcome));
    renameSync(`${ready}.new`, ready);
  }
  for (const until = Date.now() + 60_000; !existsSync(ready) && Date.now() < until;) await sleep(20);
  const { url, error } = JSON.parse(readFileSync(ready, 'utf8')) as { url?: string; error?: string };
  if (url === undefined) throw new Error(`the database of the tests did not start: ${error}`);
  return url;
}

function isFirst(folder: string): boolean {
  try {
    closeSync(openSync(join(folder, 'starting'), 'wx'));
    return true;
  } catch {
    return false;
  }
}

async function startTemplate(folder: string): Promise<string> {
  const { url } = await startEmbedded(folder, { isDurable: false });
  await administer(url, `create database ${template}`);
  await migrateDatabase(databaseOf(url, template));
  await keyTheDraws(databaseOf(url, template));
  return url;
}

/** The draws of the audit are the same in every run: the key is the bytes 0 to 15, as in specs of detectors. */
async function keyTheDraws(url: string): Promise<void> {
  await administer(url, `insert into audit_key (bytes) values (decode('000102030405060708090a0b0c0d0e0f', 'hex'))`);
}

function databaseOf(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
