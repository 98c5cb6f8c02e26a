import { Injectable } from '@nestjs/common';
import type { Instant } from '@watchfloor/contracts';
import type { Transaction } from '../platform/database/work.ts';
import type { Viewer } from './viewer.ts';

/** Where a prediction lies whose second look is open. */
export interface BlindSpot {
  readonly streamId: number;
  readonly position: number;
  readonly receivedAt: Instant;
}

/** Predictions of which somebody must not see what the model and others said: they could still answer them blind. */
export class HiddenPredictions {
  private readonly spots: ReadonlyMap<string, BlindSpot>;

  constructor(spots: readonly BlindSpot[]) {
    this.spots = new Map(spots.map((spot) => [`${spot.streamId} ${spot.position}`, spot]));
  }

  has(streamId: number, position: number): boolean {
    return this.spots.has(`${streamId} ${position}`);
  }

  /** Those of one stream. */
  of(streamId: number): readonly BlindSpot[] {
    return [...this.spots.values()].filter((spot) => spot.streamId === streamId);
  }
}

const nothing = new HiddenPredictions([]);

/** Second looks that are open, by what they hide from whom. */
@Injectable()
export class BlindSpotStore {
  /**
   * What is hidden from a viewer just now. Ask after the content was read: what a second look hides that was open then, or has
   * been raised since, is in the answer.
   *
   * @param streamIds of these streams alone; all when left out
   */
  async of(
    tx: Transaction,
    { personId, mayDecide }: Viewer,
    streamIds?: readonly number[],
  ): Promise<HiddenPredictions> {
    if (!mayDecide || streamIds?.length === 0) {
      return nothing;
    }
    const rows = await tx.query<SpotRow[]>(
      `select f.stream_id, f.position, f.received_at from flag f
       where f.second_look_of is not null and f.state in ('open', 'claimed', 'snoozed')
         ${streamIds === undefined ? '' : 'and f.stream_id = any ($2)'}
         and not exists (select from flag_holder h where h.flag_id = f.second_look_of and h.person_id = $1)`,
      [personId, ...(streamIds === undefined ? [] : [[...new Set(streamIds)]])],
    );
    return rows.length === 0 ? nothing : new HiddenPredictions(rows.map(spotOf));
  }

  /** All open second looks at predictions accepted since an instant: hidden from somebody at least. */
  async since(tx: Transaction, receivedAt: Instant): Promise<(BlindSpot & { readonly stream: string })[]> {
    const rows = await tx.query<(SpotRow & { stream: string })[]>(
      `select stream_id, position, received_at, stream from flag
       where second_look_of is not null and state in ('open', 'claimed', 'snoozed') and received_at >= $1`,
      [receivedAt],
    );
    return rows.map((row) => ({ ...spotOf(row), stream: row.stream }));
  }
}

interface SpotRow {
  readonly stream_id: number;
  readonly position: string;
  readonly received_at: Date;
}

function spotOf({ stream_id: streamId, position, received_at: receivedAt }: SpotRow): BlindSpot {
  return { streamId, position: Number(position), receivedAt: receivedAt.toISOString() };
}
