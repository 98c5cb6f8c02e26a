import { Injectable, Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { QueryRunner, EntityManager } from 'typeorm';
import { DataSource, QueryFailedError } from 'typeorm';

/** A running transaction; every store method takes it first. */
export type Transaction = EntityManager;

export interface WorkOptions {
  /** The longest a statement may take. Default: the connection's, 15 s. */
  readonly statementTimeoutMs?: number;
  /** The longest a statement may wait for a lock. Default: the connection's, 5 s. */
  readonly lockTimeoutMs?: number;
}

const maxAttempts = 3;
const retriedCodes: ReadonlySet<unknown> = new Set(['40001', '40P01']);
const callbacks = new WeakMap<Transaction, (() => void)[]>();

/** Runs units of work: one transaction each, all or nothing. */
@Injectable()
export class Work {
  private readonly logger = new Logger(Work.name);

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in a transaction of its own (READ COMMITTED, as the connection is set) and commits it. After a serialization failure or a deadlock it
   * runs again, three times in all: `work` must not touch anything but the database (see {@link afterCommit}).
   */
  async run<Result>(work: (tx: Transaction) => Promise<Result>, options: WorkOptions = {}): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work, options);
      } catch (error) {
        if (attempt === maxAttempts || !retriedCodes.has(sqlStateOf(error))) throw error;
      }
    }
  }

  /** Runs `work` outside any transaction, on one connection: for reads. Each statement sees what is committed by then. */
  async read<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      return await work(runner.manager);
    } finally {
      await runner.release();
    }
  }

  private async attempt<Result>(work: (tx: Transaction) => Promise<Result>, options: WorkOptions): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    const tx = runner.manager;
    const afterwards: (() => void)[] = [];
    try {
      await runner.connect();
      await runner.startTransaction();
      callbacks.set(tx, afterwards);
      await limit(runner, options);
      const result = await work(tx);
      await runner.commitTransaction();
      this.callAll(afterwards);
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      callbacks.delete(tx);
      await runner.release();
    }
  }

  private callAll(afterwards: readonly (() => void)[]): void {
    for (const callback of afterwards) {
      try {
        callback();
      } catch (error) {
        // The work is committed: whoever asked for it must hear so, whatever a listener does.
        this.logger.error(error);
      }
    }
  }
}

/** Calls `callback` once, right after the transaction has committed; never if it does not. */
export function afterCommit(tx: Transaction, callback: () => void): void {
  const list = callbacks.get(tx);
  if (list === undefined) throw new Error('afterCommit needs a running transaction of Work.run');
  list.push(callback);
}

/** The transaction's own `pg` client, for COPY. It must not be released. */
export async function clientOf(tx: Transaction): Promise<PoolClient> {
  if (tx.queryRunner === undefined) throw new Error('clientOf needs a transaction of Work');
  return (await tx.queryRunner.connect()) as PoolClient;
}

/**
 * Runs a statement that comes again and again: each connection has it parsed and planned once.
 *
 * @param name one for each text, all over the server
 */
export async function prepared<Row extends object>(
  tx: Transaction,
  { name, text }: { readonly name: string; readonly text: string },
  values: readonly unknown[],
): Promise<Row[]> {
  const client = await clientOf(tx);
  const { rows } = await client.query<Row>({ name, text, values: [...values] });
  return rows;
}

/** @returns the SQLSTATE of a failed query, undefined for any other error */
export function sqlStateOf(error: unknown): string | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

async function limit(runner: QueryRunner, { statementTimeoutMs, lockTimeoutMs }: WorkOptions): Promise<void> {
  const settings = [
    ...(statementTimeoutMs === undefined ? [] : [`set local statement_timeout = ${Math.ceil(statementTimeoutMs)}`]),
    ...(lockTimeoutMs === undefined ? [] : [`set local lock_timeout = ${Math.ceil(lockTimeoutMs)}`]),
  ];
  if (settings.length > 0) await runner.query(settings.join('; '));
}
