import { Injectable } from '@nestjs/common';
import { instantOf } from '@watchfloor/contracts';
import { advisoryLocks } from '../../platform/database/advisory-locks.ts';
import type { Transaction } from '../../platform/database/work.ts';
import { Work } from '../../platform/database/work.ts';

/** A row of a partition, in the order of its key. */
export interface RowPlace {
  readonly streamId: number;
  readonly position: number;
}

const dayMs = 86_400_000;
const namePattern = /^prediction_(\d{4})(\d\d)(\d\d)$/;

/** The daily partitions of predictions. Days are given as their first moment, milliseconds since 1970, UTC. */
@Injectable()
export class PartitionStore {
  constructor(private readonly work: Work) {}

  /** Makes the partitions of these days, where they are missing. */
  async make(tx: Transaction, days: readonly number[]): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1)', [advisoryLocks.partitions]);
    const known = new Set(await this.days(tx));
    for (const day of days) {
      if (known.has(day)) continue;
      const name = nameOf(day);
      // Attaching takes a lighter lock than making it a partition at once: those who insert go on.
      await tx.query(`create table ${name} (like prediction including defaults including constraints)`);
      await tx.query(
        `alter table prediction attach partition ${name} for values from ('${instantOf(day)}') to ('${instantOf(day + dayMs)}')`,
      );
    }
  }

  /** The days that have a partition, oldest first. */
  async days(tx: Transaction): Promise<number[]> {
    const rows = await tx.query<{ name: string }[]>(
      `select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
       where inhparent = 'prediction'::regclass order by relname`,
    );
    return rows.map(({ name }) => dayOfName(name)).filter((day) => day !== undefined);
  }

  /**
   * Forgets the ids and outcomes of predictions of a day, the next `limit` of them.
   *
   * @returns where to go on, undefined at the end
   */
  async forgetKeys(tx: Transaction, day: number, after: RowPlace, limit: number): Promise<RowPlace | undefined> {
    const rows = await tx.query<{ stream_id: number; position: string }[]>(
      `with gone as (
         select stream_id, position, id from ${nameOf(day)}
         where (stream_id, position) > ($1::int, $2::bigint) order by stream_id, position limit $3
       ), keys as (
         delete from prediction_key key using gone
         where key.stream_id = gone.stream_id and key.id = gone.id and key.position = gone.position
       ), outcomes as (
         delete from outcome using gone where outcome.stream_id = gone.stream_id and outcome.id = gone.id
       )
       select stream_id, position from gone order by stream_id desc, position desc limit 1`,
      [after.streamId, after.position, limit],
    );
    const [last] = rows;
    return last === undefined ? undefined : { streamId: last.stream_id, position: Number(last.position) };
  }

  /** Removes predictions of these streams from a day, at most `limit`, with their ids and outcomes. @returns how many */
  async removeRows(tx: Transaction, day: number, streamIds: readonly number[], limit: number): Promise<number> {
    const [{ count }] = await tx.query<[{ count: number }]>(
      `with gone as (
         delete from ${nameOf(day)} where (stream_id, position) in (
           select stream_id, position from ${nameOf(day)} where stream_id = any($1) limit $2
         ) returning stream_id, position, id
       ), keys as (
         delete from prediction_key key using gone
         where key.stream_id = gone.stream_id and key.id = gone.id and key.position = gone.position
       ), outcomes as (
         delete from outcome using gone where outcome.stream_id = gone.stream_id and outcome.id = gone.id
       )
       select count(*)::int as count from gone`,
      [streamIds, limit],
    );
    return count;
  }

  /** Drops the partition of a day with all that is in it. */
  async drop(day: number): Promise<void> {
    // Detaching first, and concurrently, lets readers and writers of the other days go on.
    await this.work.read((tx) => tx.query(`alter table prediction detach partition ${nameOf(day)} concurrently`));
    await this.work.run((tx) => tx.query(`drop table ${nameOf(day)}`));
  }
}

function nameOf(day: number): string {
  return `prediction_${instantOf(day).slice(0, 10).replaceAll('-', '')}`;
}

function dayOfName(name: string): number | undefined {
  const [, year, month, day] = namePattern.exec(name) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day));
}
