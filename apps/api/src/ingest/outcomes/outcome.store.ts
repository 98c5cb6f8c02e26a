import { Injectable } from '@nestjs/common';
import type { Outcome } from '@watchfloor/contracts';
import type { Transaction } from '../../platform/database/work.ts';

/** An outcome with the number of its stream. */
export interface KeyedOutcome {
  readonly streamId: number;
  readonly outcome: Outcome;
}

/** What became of one outcome; `unknown`: its stream has no such prediction. */
export type OutcomeFate = 'stored' | 'same' | 'unknown';

/** Truth that came later. The last word stands. */
@Injectable()
export class OutcomeStore {
  /**
   * Stores outcomes of predictions that are known.
   *
   * @param outcomes at most one for each prediction
   * @returns what became of each, in order
   */
  async save(tx: Transaction, outcomes: readonly KeyedOutcome[]): Promise<OutcomeFate[]> {
    const rows = await tx.query<{ index: string; is_known: boolean; is_stored: boolean }[]>(
      `with given as (
         select * from unnest($1::int[], $2::text[], $3::text[], $4::float8[], $5::timestamptz[])
           with ordinality as given (stream_id, id, label, value, at, index)
       ), known as (
         select given.* from given join prediction_key key on key.stream_id = given.stream_id and key.id = given.id
       ), stored as (
         insert into outcome (stream_id, id, label, value, at)
         select stream_id, id, label, value, coalesce(at, now()) from known
         on conflict (stream_id, id) do update
           set label = excluded.label, value = excluded.value, at = excluded.at, received_at = now()
           where (outcome.label, outcome.value) is distinct from (excluded.label, excluded.value)
         returning stream_id, id
       )
       select given.index, known.index is not null as is_known, stored.id is not null as is_stored
       from given
       left join known on known.index = given.index
       left join stored on stored.stream_id = given.stream_id and stored.id = given.id
       order by given.index`,
      [
        outcomes.map(({ streamId }) => streamId),
        outcomes.map(({ outcome }) => outcome.id),
        outcomes.map(({ outcome }) => outcome.label ?? null),
        outcomes.map(({ outcome }) => outcome.value ?? null),
        outcomes.map(({ outcome }) => outcome.at ?? null),
      ],
    );
    return rows.map(({ is_known: isKnown, is_stored: isStored }) => {
      if (!isKnown) return 'unknown';
      return isStored ? 'stored' : 'same';
    });
  }
}
