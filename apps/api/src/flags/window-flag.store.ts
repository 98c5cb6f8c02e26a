import { Injectable } from '@nestjs/common';
import { instantOf, type Instant } from '@watchfloor/contracts';
import type { FoundPrediction } from '@watchfloor/flags';
import type { Transaction } from '../platform/database/work.ts';
import { tellEverySeconds, tellShareOfAge } from './growth-telling.ts';

/** So many items of one flag are stored; the count goes on. */
export const maxStoredItems = 10_000;
/** The last slots, in which the newest items take turns once the others are full. */
const tailSlots = 100;

/** Items for one flag; the first gets the number after `counted`. */
export interface NewItems {
  readonly flagId: string;
  readonly streamId: number;
  /** How many the flag had before. */
  readonly counted: number;
  readonly predictions: readonly FoundPrediction[];
  /** Whether items beyond the bound are to be stored in the last slots. */
  readonly withTail: boolean;
}

/** Window flags: which still gather, and what they have gathered. */
@Injectable()
export class WindowFlagStore {
  /**
   * Window flags of streams that may take in more: unanswered ones, and those answered since. Held until the transaction ends; always
   * taken in the order of their ids, so that two lanes cannot wait for each other in a circle.
   */
  async lockGathering(tx: Transaction, streamIds: readonly number[], answeredSince: Instant): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from flag where id in (
         select id from flag where cause is not null and state in ('open', 'claimed', 'snoozed') and stream_id = any ($1)
         union all
         select id from flag where cause is not null and state = 'settled' and closed_at > $2 and stream_id = any ($1)
       ) order by id for update`,
      [streamIds, answeredSince],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Window flags that have grown since the record was told, and of which it is to hear again, held until the transaction ends;
   * those that are busy are left out.
   */
  async lockUntold(tx: Transaction, answeredSince: Instant, now: Instant, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from flag where item_count > told_items 
         and told_at <= $2::timestamptz - greatest(interval '1 second' * $4, ($2::timestamptz - raised_at) * $5)
         and id in (
         select id from flag where cause is not null and state in ('open', 'claimed', 'snoozed')
         union all
         select id from flag where cause is not null and state = 'settled' and closed_at > $1
       ) limit $3 for update skip locked`,
      [answeredSince, now, limit, tellEverySeconds, tellShareOfAge],
    );
    return rows.map(({ id }) => id);
  }

  async markTold(tx: Transaction, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) {
      await tx.query('update flag set told_items = item_count, told_at = now() where id = any ($1)', [ids]);
    }
  }

  /** Stores items up to {@link maxStoredItems} a flag. */
  async addItems(tx: Transaction, batches: readonly NewItems[]): Promise<void> {
    const items = batches.flatMap(slotted);
    if (items.length === 0) {
      return;
    }
    const of = <Value>(column: (item: SlottedItem) => Value): Value[] => items.map(column);
    await tx.query(
      `insert into flag_item (flag_id, slot, number, stream_id, position, received_at, prediction_id, label, value, confidence, kinds)
       select flag_id, slot, number, stream_id, position, received_at, prediction_id, label, value, confidence, string_to_array(kinds, ',')
       from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::bigint[], $6::timestamptz[], $7::text[], $8::text[],
         $9::float8[], $10::float8[], $11::text[])
         as n (flag_id, slot, number, stream_id, position, received_at, prediction_id, label, value, confidence, kinds)
       on conflict (flag_id, slot) do update set number = excluded.number, position = excluded.position,
         received_at = excluded.received_at, prediction_id = excluded.prediction_id, label = excluded.label,
         value = excluded.value, confidence = excluded.confidence, kinds = excluded.kinds`,
      [
        of(({ flagId }) => flagId),
        of(({ slot }) => slot),
        of(({ number }) => number),
        of(({ streamId }) => streamId),
        of(({ found }) => found.observed.position),
        of(({ found }) => instantOf(found.observed.receivedAtMs)),
        of(({ found }) => found.observed.prediction.id),
        of(({ found }) => found.observed.prediction.label ?? null),
        of(({ found }) => found.observed.prediction.value ?? null),
        of(({ found }) => found.observed.prediction.confidence ?? null),
        of(({ found }) => [...new Set(found.signals.map(({ kind }) => kind))].join(',')),
      ],
    );
  }
}

interface SlottedItem {
  readonly flagId: string;
  readonly streamId: number;
  readonly slot: number;
  readonly number: number;
  readonly found: FoundPrediction;
}

/** The first items keep their slots for good; of those beyond, the last few of the batch take the last slots in turn. */
function slotted({ flagId, streamId, counted, predictions, withTail }: NewItems): SlottedItem[] {
  const firsts = maxStoredItems - tailSlots;
  const keptFrom = withTail ? predictions.length - tailSlots : predictions.length;
  return predictions.flatMap((found, index) => {
    const number = counted + index + 1;
    if (number <= firsts) {
      return [{ flagId, streamId, slot: number, number, found }];
    }
    return index >= keptFrom ? [{ flagId, streamId, slot: firsts + 1 + (number % tailSlots), number, found }] : [];
  });
}
