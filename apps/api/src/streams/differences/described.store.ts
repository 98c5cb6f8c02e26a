import { Injectable } from '@nestjs/common';
import type { Instant } from '@watchfloor/contracts';
import type { Described } from '@watchfloor/detection';
import type { Transaction } from '../../platform/database/work.ts';

/** A stored prediction without its answer and its input. */
export interface DescribedRow extends Described {
  readonly position: number;
  readonly isFlagged: boolean;
}

interface Row {
  readonly position: string;
  readonly is_flagged: boolean;
  readonly described: { readonly [Name in keyof Described]: Described[Name] | null } | null;
}

/**
 * A body with escaped NULs or halves of characters cannot be taken apart in SQL: one of them would fail the whole query. It
 * is read whole, if it is short, and else told of by nothing.
 */
const columns = `position, signals is not null as is_flagged, case
  when body::text !~ '\\\\u(0000|[dD][89a-fA-F])' then json_build_object(
    'features', body -> 'features', 'segments', body -> 'segments', 'model', body -> 'model')
  when octet_length(body::text) <= 8192 then body
end as described`;

/** What stored predictions are described by: features, segments, model. */
@Injectable()
export class DescribedStore {
  /** The newest `limit` of a stretch of time, newest first. */
  async between(
    tx: Transaction,
    streamId: number,
    { from, to }: { from: Instant; to: Instant },
    limit: number,
  ): Promise<DescribedRow[]> {
    const rows = await tx.query<Row[]>(
      `select ${columns} from prediction where stream_id = $1 and received_at >= $2 and received_at <= $3
       order by position desc limit $4`,
      [streamId, from, to, limit],
    );
    return rows.map(describedOf);
  }

  /** The `limit` that came before a position, of the week before `from`, newest first. */
  async before(
    tx: Transaction,
    streamId: number,
    { position, from }: { position: number; from: Instant },
    limit: number,
  ): Promise<DescribedRow[]> {
    const rows = await tx.query<Row[]>(
      `select ${columns} from prediction
       where stream_id = $1 and position < $2 and received_at <= $3 and received_at >= $3::timestamptz - interval '7 days'
       order by position desc limit $4`,
      [streamId, position, from, limit],
    );
    return rows.map(describedOf);
  }
}

function describedOf({ position, is_flagged: isFlagged, described }: Row): DescribedRow {
  const { features, segments, model } = described ?? {};
  return {
    position: Number(position),
    isFlagged,
    ...(features != null && { features }),
    ...(segments != null && { segments }),
    ...(model != null && { model }),
  };
}
