import { Injectable } from '@nestjs/common';
import type { Actor, PolicyDraft, PolicySettings } from '@watchfloor/contracts';
import { policySettingsSchema } from '@watchfloor/contracts';
import type { Transaction } from '../../platform/database/work.ts';
import type { RegisteredStream } from '../registered-stream.ts';

/** What a person saves of a draft. */
export interface DraftContent {
  readonly basedOn: number;
  readonly settings: PolicySettings;
  readonly note: string;
}

export interface NewDraft extends DraftContent {
  readonly id: string;
  readonly streamId: number;
  readonly author: string;
}

interface DraftRow {
  readonly id: string;
  readonly version: number;
  readonly based_on: number;
  readonly settings: PolicySettings;
  readonly note: string;
  readonly authors: Actor[];
  readonly created_at: Date;
  readonly saved_at: Date;
}

const selected = `
  select draft.id, draft.version, based_on, settings, note, draft.created_at, saved_at,
    (select json_agg(json_build_object('id', author.id, 'name', person.name) order by author.place)
     from unnest(authors) with ordinality as author (id, place)
     join person on person.id = author.id) as authors
  from policy_draft draft`;

/** Drafts of policies. */
@Injectable()
export class DraftStore {
  /** A stream's drafts, last saved first. */
  async all(tx: Transaction, stream: RegisteredStream): Promise<PolicyDraft[]> {
    const rows = await tx.query<DraftRow[]>(`${selected} where stream_id = $1 order by saved_at desc, draft.id`, [
      stream.id,
    ]);
    return rows.map((row) => draftOf(row, stream));
  }

  async find(tx: Transaction, stream: RegisteredStream, id: string): Promise<PolicyDraft | undefined> {
    const [row] = await tx.query<DraftRow[]>(`${selected} where stream_id = $1 and draft.id = $2`, [stream.id, id]);
    return row === undefined ? undefined : draftOf(row, stream);
  }

  /** The same, locked until the transaction ends. */
  async lock(tx: Transaction, stream: RegisteredStream, id: string): Promise<PolicyDraft | undefined> {
    await tx.query('select 1 from policy_draft where stream_id = $1 and id = $2 for update', [stream.id, id]);
    return this.find(tx, stream, id);
  }

  /** How many drafts a stream has; nobody adds one until the transaction ends. */
  async lockCount(tx: Transaction, streamId: number): Promise<number> {
    await tx.query('select 1 from stream where id = $1 for update', [streamId]);
    const [row] = await tx.query<[{ count: number }]>(
      'select count(*)::int as count from policy_draft where stream_id = $1',
      [streamId],
    );
    return row.count;
  }

  async insert(tx: Transaction, { id, streamId, basedOn, settings, note, author }: NewDraft): Promise<void> {
    await tx.query(
      `insert into policy_draft (id, stream_id, version, based_on, settings, note, authors)
       values ($1, $2, 1, $3, $4, $5, array[$6::uuid])`,
      [id, streamId, basedOn, JSON.stringify(settings), note, author],
    );
  }

  /** Saves the next version; whoever saves it becomes an author. */
  async save(tx: Transaction, id: string, { basedOn, settings, note }: DraftContent, author: string): Promise<void> {
    await tx.query(
      `update policy_draft set version = version + 1, based_on = $2, settings = $3, note = $4, saved_at = now(),
         authors = case when $5::uuid = any(authors) then authors else authors || $5::uuid end
       where id = $1`,
      [id, basedOn, JSON.stringify(settings), note, author],
    );
  }

  async remove(tx: Transaction, id: string): Promise<void> {
    await tx.query('delete from policy_draft where id = $1', [id]);
  }
}

function draftOf(row: DraftRow, { name }: RegisteredStream): PolicyDraft {
  return {
    id: row.id,
    stream: name,
    version: row.version,
    basedOn: row.based_on,
    // A setting that came later has its default in drafts from before.
    settings: policySettingsSchema.parse(row.settings),
    note: row.note,
    authors: row.authors,
    createdAt: row.created_at.toISOString(),
    savedAt: row.saved_at.toISOString(),
  };
}
