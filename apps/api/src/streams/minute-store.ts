import { Injectable } from '@nestjs/common';
import type { Instant, Minute } from '@watchfloor/contracts';
import type { Transaction } from '../platform/database/work.ts';

/** One minute of one stream. */
export interface StreamMinute {
  readonly streamId: number;
  readonly minute: Minute;
}

type Figures = Omit<Minute, 'at' | 'predictions' | 'flagged'>;

interface MinuteRow {
  readonly at: Date;
  readonly predictions: number;
  readonly flagged: number;
  readonly figures: Figures;
}

/** Roll-ups of minutes, kept longer than the predictions themselves. */
@Injectable()
export class MinuteStore {
  /** A minute that comes again (its stream was replayed) replaces itself. */
  async save(tx: Transaction, minutes: readonly StreamMinute[]): Promise<void> {
    if (minutes.length === 0) return;
    // Of a minute that comes twice at once, the later one is the whole.
    const latest = [...new Map(minutes.map((each) => [`${each.streamId} ${each.minute.at}`, each])).values()];
    await tx.query(
      `insert into stream_minute (stream_id, at, predictions, flagged, figures)
       select * from unnest($1::int[], $2::timestamptz[], $3::int[], $4::int[], $5::json[])
       on conflict (stream_id, at) do update set
         predictions = excluded.predictions, flagged = excluded.flagged, figures = excluded.figures`,
      [
        latest.map(({ streamId }) => streamId),
        latest.map(({ minute }) => minute.at),
        latest.map(({ minute }) => minute.predictions),
        latest.map(({ minute }) => minute.flagged),
        latest.map(({ minute: { at: _at, predictions: _predictions, flagged: _flagged, ...figures } }) =>
          JSON.stringify(figures),
        ),
      ],
    );
  }

  /** Minutes of a stream from `from` to before `to`, oldest first: the newest `limit` of them. */
  async between(
    tx: Transaction,
    streamId: number,
    span: { from: Instant; to: Instant },
    limit: number,
  ): Promise<Minute[]> {
    const rows = await tx.query<MinuteRow[]>(
      `select at, predictions, flagged, figures from stream_minute
       where stream_id = $1 and at >= $2 and at < $3 order by at desc limit $4`,
      [streamId, span.from, span.to, limit],
    );
    return rows.map(({ at, figures, ...counts }) => ({ at: at.toISOString(), ...counts, ...figures })).reverse();
  }

  /** Removes at most `limit` minutes from before `before`. @returns how many it removed */
  async drop(tx: Transaction, before: Instant, limit: number): Promise<number> {
    const [, count] = await tx.query<[unknown, number]>(
      `delete from stream_minute where ctid = any(array(select ctid from stream_minute where at < $1 limit $2))`,
      [before, limit],
    );
    return count;
  }
}
