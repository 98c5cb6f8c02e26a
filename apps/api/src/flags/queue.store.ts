import { Injectable } from '@nestjs/common';
import type { Instant } from '@watchfloor/contracts';
import type { Transaction } from '../platform/database/work.ts';

export interface NextWish {
  readonly personId: string;
  /** Only flags of this stream; null for any. */
  readonly streamId: number | null;
  /** Flags to leave out. */
  readonly not: readonly string[];
}

/** The queue: which open flag is next for whom, and which flags come back by themselves. */
@Injectable()
export class QueueStore {
  /**
   * The first open flag in the order of `compareInQueue` that the person has not skipped and may answer, held until the transaction ends. One that
   * somebody else is just taking is passed over: two people never wait for the same flag.
   */
  async lockNext(tx: Transaction, { personId, streamId, not }: NextWish): Promise<string | undefined> {
    // Skips are looked up flag by flag: as a join, a planner without statistics would compare every flag with every skip.
    const rows = await tx.query<{ id: string }[]>(
      `select f.id from flag f
       where f.state = 'open' ${streamId === null ? '' : 'and f.stream_id = $3'}
         and f.id <> all ($2::uuid[])
         and (select true from flag_skip s where s.flag_id = f.id and s.person_id = $1) is null
         and (f.second_look_of is null
           or not exists (select from flag_holder h where h.flag_id = f.second_look_of and h.person_id = $1))
       order by f.priority, f.due_at, f.raised_at, f.id
       limit 1 for update of f skip locked`,
      [personId, not, ...(streamId === null ? [] : [streamId])],
    );
    return rows[0]?.id;
  }

  /** Claims that have run out and snoozes that are over, held until the transaction ends; those longest over first. */
  async lockReturning(tx: Transaction, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from flag where state in ('claimed', 'snoozed') and returns_at <= now()
       order by returns_at limit $1 for update skip locked`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** How many flags a person holds just now, one flag aside. */
  async heldBy(tx: Transaction, personId: string, besides: string | null): Promise<number> {
    const [row] = await tx.query<[{ held: number }]>(
      `select count(*)::int as held from flag 
       where claimed_by = $1 and state = 'claimed' and returns_at > now() and id is distinct from $2::uuid`,
      [personId, besides],
    );
    return row.held;
  }

  /** Remembers that a flag is not for this person any more. */
  async skip(tx: Transaction, flagId: string, personId: string): Promise<void> {
    await tx.query('insert into flag_skip (flag_id, person_id, at) values ($1, $2, now()) on conflict do nothing', [
      flagId,
      personId,
    ]);
  }

  /** Unanswered flags on predictions accepted before an instant (second looks apart), held until the transaction ends. */
  async lockOutlived(tx: Transaction, streamId: number, before: Instant, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from flag where stream_id = $1 and state in ('open', 'claimed', 'snoozed') and received_at < $2
         and second_look_of is null
       limit $3 for update skip locked`,
      [streamId, before, limit],
    );
    return rows.map(({ id }) => id);
  }
}
