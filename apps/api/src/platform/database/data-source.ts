import type { DataSourceOptions } from 'typeorm';
import { DataSource } from 'typeorm';
import { advisoryLocks } from './advisory-locks.ts';
import { migrations } from './migrations.ts';

/** Connections in the pool of one server: lanes, requests and the sequencer share them. */
const poolSize = 24;

const servingWaits = { statement_timeout: 15_000, lock_timeout: 5_000, idle_in_transaction_session_timeout: 60_000 };
/** A migration may rewrite a large table, and instances that start together wait for each other. */
const migratingWaits = { statement_timeout: 3_600_000, lock_timeout: 120_000 };

/** How the server connects: bounded waits everywhere, migrations by hand, never `synchronize`. */
export function dataSourceOptions(url: string, waits: object = servingWaits): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    applicationName: 'watchfloor',
    poolSize,
    connectTimeoutMS: 10_000,
    synchronize: false,
    migrationsRun: false,
    migrations: [...migrations],
    migrationsTableName: 'migration',
    extra: { ...waits, keepAlive: true, options: '-c default_transaction_isolation=read\\ committed' },
  };
}

/** Brings the tables of a database up to date, one instance at a time. */
export async function migrateDatabase(url: string): Promise<void> {
  const dataSource = await new DataSource(dataSourceOptions(url, migratingWaits)).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.connect();
    await runner.query('select pg_advisory_lock($1)', [advisoryLocks.migrations]);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner.release();
    // Closes the connection, and with it gives the lock back.
    await dataSource.destroy();
  }
}
