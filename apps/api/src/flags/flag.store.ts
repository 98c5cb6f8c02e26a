import { Injectable } from '@nestjs/common';
import { priorities, type Instant } from '@watchfloor/contracts';
import type { FlagLife } from '@watchfloor/flags';
import type { Transaction } from '../platform/database/work.ts';
import { flagColumns, flagJoins, keptFlagOf, type FlagRow, type KeptFlag } from './kept-flag.ts';

/** The rows of flags: many at a time, one statement each. */
@Injectable()
export class FlagStore {
  async insert(tx: Transaction, flags: readonly KeptFlag[]): Promise<void> {
    if (flags.length === 0) {
      return;
    }
    const of = <Value>(column: (flag: KeptFlag) => Value): Value[] => flags.map(column);
    await tx.query(
      `insert into flag (id, version, stream_id, stream, state, priority, raised_at, kinds, signals, position, received_at,
         prediction_id, label, value, cause, from_at, to_at, item_count, told_items, told_at,
         due_at, second_look_of)
       select id, 1, stream_id, stream, 'open', priority, raised_at, string_to_array(kinds, ','), signals::json, position, received_at,
         prediction_id, label, value, cause, from_at, to_at, item_count, item_count, case when cause is not null then raised_at end,
         coalesce(due_at, 'infinity'), second_look_of
       from unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::timestamptz[], $6::text[], $7::text[], $8::bigint[],
         $9::timestamptz[], $10::text[], $11::text[], $12::float8[], $13::text[], $14::timestamptz[], $15::timestamptz[], $16::int[],
         $17::timestamptz[], $18::uuid[])
         as n (id, stream_id, stream, priority, raised_at, kinds, signals, position, received_at,
           prediction_id, label, value, cause, from_at, to_at, item_count, due_at, second_look_of)`,
      [
        of(({ life }) => life.id),
        of(({ streamId }) => streamId),
        of(({ stream }) => stream),
        of(({ life }) => priorities.indexOf(life.priority) + 1),
        of(({ life }) => life.raisedAt),
        of(({ life }) => life.kinds.join(',')),
        of(({ life }) => JSON.stringify(life.signals)),
        of(({ place }) => place?.position ?? null),
        of(({ place }) => place?.receivedAt ?? null),
        of(({ life: { subject } }) => (subject.kind === 'prediction' ? subject.predictionId : null)),
        of(({ life: { subject } }) => (subject.kind === 'prediction' ? subject.label : null)),
        of(({ life: { subject } }) => (subject.kind === 'prediction' ? subject.value : null)),
        of(({ life: { subject } }) => (subject.kind === 'window' ? subject.group : null)),
        of(({ life: { subject } }) => (subject.kind === 'window' ? subject.from : null)),
        of(({ life: { subject } }) => (subject.kind === 'window' ? subject.to : null)),
        of(({ life: { subject } }) => (subject.kind === 'window' ? subject.itemCount : 0)),
        of(({ life }) => life.dueAt),
        of(({ life }) => life.secondLook?.of ?? null),
      ],
    );
  }

  /** Writes flags back whose rows the transaction holds. */
  async save(tx: Transaction, lives: readonly FlagLife[]): Promise<void> {
    if (lives.length === 0) {
      return;
    }
    const of = <Value>(column: (life: FlagLife) => Value): Value[] => lives.map(column);
    await tx.query(
      `update flag f set version = n.version, state = n.state, priority = n.priority, kinds = string_to_array(n.kinds, ','),
         signals = n.signals::json, from_at = n.from_at, to_at = n.to_at, item_count = n.item_count, claimed_by = n.claimed_by,
         claim_digest = n.claim_digest, returns_at = n.returns_at, verdict_id = n.verdict_id, closed_at = n.closed_at,
         lapse_action = n.lapse_action, withdrawn_because = n.withdrawn_because
       from unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
         $9::int[], $10::uuid[], $11::text[], $12::timestamptz[], $13::uuid[], $14::timestamptz[], $15::text[],
         $16::text[])
         as n (id, version, state, priority, kinds, signals, from_at, to_at,
           item_count, claimed_by, claim_digest, returns_at, verdict_id, closed_at, lapse_action, withdrawn_because)
       where f.id = n.id`,
      [
        of(({ id }) => id),
        of(({ version }) => version),
        of(({ stage }) => stage.state),
        of(({ priority }) => priorities.indexOf(priority) + 1),
        of(({ kinds }) => kinds.join(',')),
        of(({ signals }) => JSON.stringify(signals)),
        of(({ subject }) => (subject.kind === 'window' ? subject.from : null)),
        of(({ subject }) => (subject.kind === 'window' ? subject.to : null)),
        of(({ subject }) => (subject.kind === 'window' ? subject.itemCount : 0)),
        of(({ stage }) => (stage.state === 'claimed' ? stage.claim.by.id : null)),
        of(({ stage }) => (stage.state === 'claimed' ? stage.claim.tokenDigest : null)),
        of(returnsAt),
        of(({ stage }) => (stage.state === 'settled' ? stage.answered.verdict.id : null)),
        of(closedAt),
        of(({ stage }) => (stage.state === 'lapsed' ? stage.action : null)),
        of(({ stage }) => (stage.state === 'withdrawn' ? stage.because : null)),
      ],
    );
  }

  /** One flag, held until the transaction ends; undefined when there is none. */
  async lock(tx: Transaction, id: string): Promise<KeptFlag | undefined> {
    // Two statements: whoever waits for the lock must read the verdict of whoever had it, and a statement sees only what was
    // committed when it began.
    await tx.query('select from flag where id = $1 for update', [id]);
    return (await this.load(tx, [id]))[0];
  }

  /** Flags in the order of the ids; those that are not there are left out. */
  async load(tx: Transaction, ids: readonly string[]): Promise<KeptFlag[]> {
    if (ids.length === 0) {
      return [];
    }
    const rows = await tx.query<FlagRow[]>(
      `select ${flagColumns} from unnest($1::uuid[]) with ordinality as wanted (id, place)
       join flag f on f.id = wanted.id ${flagJoins} order by wanted.place`,
      [ids],
    );
    return rows.map(keptFlagOf);
  }
}

function returnsAt({ stage }: FlagLife): Instant | null {
  return stage.state === 'claimed' ? stage.claim.expiresAt : stage.state === 'snoozed' ? stage.until : null;
}

function closedAt({ stage }: FlagLife): Instant | null {
  if (stage.state === 'settled') {
    return stage.answered.verdict.at;
  }
  return stage.state === 'lapsed' || stage.state === 'withdrawn' ? stage.at : null;
}
