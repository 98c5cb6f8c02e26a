import { Injectable } from '@nestjs/common';
import { instantOf } from '@watchfloor/contracts';
import { saveWatch } from '@watchfloor/detection';
import type { Transaction } from '../../platform/database/work.ts';
import type { StreamPlace, WatchedStream } from './watched-stream.ts';

export interface SavedWatch extends StreamPlace {
  readonly streamId: number;
  /** As `saveWatch` wrote it. */
  readonly state: Uint8Array;
  /** As `StreamRisk` wrote it; null where none was saved yet. */
  readonly risk: string | null;
  /** The last epoch that was begun; 0 where none was. */
  readonly riskEpoch: number;
}

interface WatchRow {
  readonly stream_id: number;
  readonly position: string;
  readonly received_at: Date;
  readonly state: Buffer;
  readonly risk: string | null;
  readonly risk_epoch: number;
}

/** The detectors' memory of each stream, as it was at a position. */
@Injectable()
export class WatchStore {
  async find(tx: Transaction, streamIds: readonly number[]): Promise<ReadonlyMap<number, SavedWatch>> {
    const rows = await tx.query<WatchRow[]>(
      'select stream_id, position, received_at, state, risk, risk_epoch from stream_watch where stream_id = any($1)',
      [streamIds],
    );
    return new Map(
      rows.map((row) => [
        row.stream_id,
        {
          streamId: row.stream_id,
          position: Number(row.position),
          receivedAtMs: row.received_at.getTime(),
          state: row.state,
          risk: row.risk,
          riskEpoch: row.risk_epoch,
        },
      ]),
    );
  }

  /** Saves the watches as they are now; their streams' predictions up to here need no replay any more. */
  async save(tx: Transaction, watched: readonly WatchedStream[]): Promise<void> {
    if (watched.length === 0) return;
    await tx.query(
      `insert into stream_watch (stream_id, position, received_at, state, risk, risk_epoch)
       select * from unnest($1::int[], $2::bigint[], $3::timestamptz[], $4::bytea[], $5::text[], $6::int[])
       on conflict (stream_id) do update set
         position = excluded.position, received_at = excluded.received_at, state = excluded.state, risk = excluded.risk,
         risk_epoch = excluded.risk_epoch, saved_at = now()`,
      [
        watched.map(({ stream }) => stream.id),
        watched.map(({ position }) => position),
        watched.map(({ receivedAtMs }) => instantOf(receivedAtMs)),
        watched.map(({ watch }) => Buffer.from(saveWatch(watch))),
        watched.map(({ risk }) => risk.save()),
        watched.map(({ risk }) => risk.control.epoch),
      ],
    );
  }

  /** @returns those of the streams that have predictions after their saved watch */
  async behind(tx: Transaction, streamIds: readonly number[]): Promise<ReadonlySet<number>> {
    const rows = await tx.query<{ id: number }[]>(
      `select stream.id
       from unnest($1::int[]) as stream (id)
       left join stream_watch watch on watch.stream_id = stream.id
       where exists (
         select from prediction
         where prediction.stream_id = stream.id
           and position > coalesce(watch.position, 0)
           and prediction.received_at >= coalesce(watch.received_at, '-infinity')
       )`,
      [streamIds],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
