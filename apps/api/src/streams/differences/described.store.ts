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
  readonly features: Described['features'] | null;
  readonly segments: Described['segments'] | null;
  readonly model: Described['model'] | null;
}

const columns = `position, signals is not null as is_flagged, body -> 'features' as features, body -> 'segments' as segments,
  body -> 'model' as model`;

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

function describedOf({ position, is_flagged: isFlagged, features, segments, model }: Row): DescribedRow {
  return {
    position: Number(position),
    isFlagged,
    ...(features != null && { features }),
    ...(segments != null && { segments }),
    ...(model != null && { model }),
  };
}
