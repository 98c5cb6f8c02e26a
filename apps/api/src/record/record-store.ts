import { Injectable } from '@nestjs/common';
import type { EntryBody, Instant, RecordEntry } from '@watchfloor/contracts';
import type { Transaction } from '../platform/database/work.ts';
import type { SealedEntry } from './entry-draft.ts';
import type { RecordFilter, RecordSpan, Unseen } from './record-filter.ts';
import { conditionsOf } from './record-filter.ts';

/** What a page is read by. */
export interface RecordReading {
  readonly span: RecordSpan;
  readonly filter: RecordFilter;
  /** What to leave out. */
  readonly unseen?: Unseen;
  readonly limit: number;
}

interface EntryRow {
  readonly number: string;
  readonly body: string;
  readonly leaf_hash: string;
}

/** The record's tables: entries in the order of their numbers. */
@Injectable()
export class RecordStore {
  /** Stores entries of one instant, and puts them into the waiting line in the order given. */
  async insert(tx: Transaction, entries: readonly SealedEntry[], at: Instant): Promise<void> {
    const column = <Key extends keyof SealedEntry>(key: Key) => entries.map((entry) => entry[key]);
    await tx.query(
      `with draft as (
         select * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::text[], $10::text[])
           with ordinality as draft (id, body, leaf_hash, kind, stream, flag_id, person_id, verdict, reason, place)
       ), stored as (
         insert into record_entry (id, at, body, leaf_hash) select id, $1, body, decode(leaf_hash, 'hex') from draft
       )
       insert into record_pending (entry_id, at, kind, stream, flag_id, person_id, verdict, reason)
       select id, $1, kind, stream, flag_id, person_id, verdict, reason from draft order by place`,
      [
        at,
        column('id'),
        column('canonical'),
        entries.map(({ leafHash }) => Buffer.from(leafHash).toString('hex')),
        column('kind'),
        column('stream'),
        column('flagId'),
        column('personId'),
        column('verdict'),
        column('reason'),
      ],
    );
  }

  /** @returns the highest number given out; 0 while there is none */
  async head(tx: Transaction): Promise<number> {
    const [row] = await tx.query<[{ head: string }]>('select coalesce(max(number), 0) as head from record_number');
    return Number(row.head);
  }

  /** @returns the age of the oldest entry without a number, 0 when none waits */
  async oldestWaitingSeconds(tx: Transaction): Promise<number> {
    const [row] = await tx.query<[{ age: number }]>(
      `select coalesce((select extract(epoch from now() - at)::float8 from record_pending order by seq limit 1), 0) as age`,
    );
    return Math.max(0, row.age);
  }

  /** @returns entries by number: upwards when the span has an `after`, else downwards */
  async read(tx: Transaction, { span, filter, unseen, limit }: RecordReading): Promise<RecordEntry[]> {
    const { sql, parameters } = conditionsOf(span, filter, unseen);
    const order = span.after === undefined ? 'desc' : 'asc';
    // The page is cut before bodies are fetched, and `offset 0` has each fetched by its key: a planner without figures about a
    // young table would read all of it.
    const rows = await tx.query<EntryRow[]>(
      `select n.number, e.body, encode(e.leaf_hash, 'hex') as leaf_hash
       from (
         select n.number, n.entry_id from record_number n where ${sql} order by n.number ${order} limit $${parameters.length + 1}
       ) n cross join lateral (select body, leaf_hash from record_entry where id = n.entry_id offset 0) e
       order by n.number ${order}`,
      [...parameters, limit],
    );
    return this.named(tx, rows);
  }

  /** @returns how many entries there are in the span */
  async count(tx: Transaction, { span, filter, unseen }: Omit<RecordReading, 'limit'>): Promise<number> {
    const { sql, parameters } = conditionsOf(span, filter, unseen);
    const [row] = await tx.query<[{ count: string }]>(
      `select count(*) as count from record_number n where ${sql}`,
      parameters,
    );
    return Number(row.count);
  }

  private async named(tx: Transaction, rows: readonly EntryRow[]): Promise<RecordEntry[]> {
    const read = rows.map((row) => ({ row, body: JSON.parse(row.body) as EntryBody }));
    const people = read.flatMap(({ body }) => (body.actor.kind === 'person' ? [body.actor.id] : []));
    const names = await this.namesOf(tx, [...new Set(people)]);
    return read.map(({ row, body }) => ({
      number: Number(row.number),
      ...body,
      leafHash: row.leaf_hash,
      actorName: body.actor.kind === 'person' ? (names.get(body.actor.id) ?? erasedName) : body.actor.part,
    }));
  }

  private async namesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.query<{ id: string; name: string }[]>('select id, name from person where id = any ($1)', [
      ids,
    ]);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

/** Shown where a person of the record is known no more. */
const erasedName = 'somebody erased';
