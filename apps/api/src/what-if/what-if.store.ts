import { Injectable } from '@nestjs/common';
import type { WindowSignalKind } from '@watchfloor/contracts';
import type { StoredWindows } from '@watchfloor/detection';
import type { Transaction } from '../platform/database/work.ts';

/** A prediction's place in its stream. */
export interface Place {
  readonly position: number;
  readonly receivedAt: string;
}

interface PlaceRow {
  readonly position: string;
  readonly received_at: Date;
}

/** What is asked of the database before a window is replayed. */
@Injectable()
export class WhatIfStore {
  /** The last prediction of a stream that was received by then; undefined where none is stored. */
  last(tx: Transaction, streamId: number, to: string | null): Promise<Place | undefined> {
    return placeOf(
      tx,
      `select position, received_at from prediction
       where stream_id = $1 and received_at <= coalesce($2::timestamptz, 'infinity') order by position desc limit 1`,
      [streamId, to],
    );
  }

  /** The first prediction of a stream from a position and an instant on. */
  first(tx: Transaction, streamId: number, position: number, from: string | null): Promise<Place | undefined> {
    return placeOf(
      tx,
      `select position, received_at from prediction
       where stream_id = $1 and position >= $2 and received_at >= coalesce($3::timestamptz, '-infinity')
       order by position limit 1`,
      [streamId, position, from],
    );
  }

  async hasOutcomes(tx: Transaction, streamId: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>('select 1 from outcome where stream_id = $1 limit 1', [streamId]);
    return rows.length > 0;
  }

  /** Window flags that were raised in a stretch of time, and the predictions that they gathered. */
  async windowFlags(tx: Transaction, streamId: number, from: string, to: string): Promise<StoredWindows> {
    const rows = await tx.query<{ kind: WindowSignalKind; count: number; grouped: number }[]>(
      `select signals -> 0 ->> 'kind' as kind, count(*)::int as count,
         coalesce(sum(item_count) filter (where cause <> 'flow'), 0)::int as grouped
       from flag where stream_id = $1 and cause is not null and raised_at between $2 and $3
       group by 1`,
      [streamId, from, to],
    );
    return {
      grouped: rows.reduce((sum, { grouped }) => sum + grouped, 0),
      byWindowKind: Object.fromEntries(rows.map(({ kind, count }) => [kind, count])),
    };
  }
}

async function placeOf(tx: Transaction, sql: string, values: readonly unknown[]): Promise<Place | undefined> {
  const [row] = await tx.query<PlaceRow[]>(sql, [...values]);
  return row === undefined ? undefined : { position: Number(row.position), receivedAt: row.received_at.toISOString() };
}
