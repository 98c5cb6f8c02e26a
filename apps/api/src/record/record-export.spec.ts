import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Permission, RecordEntry } from '@watchfloor/contracts';
import { permissions } from '@watchfloor/contracts';
import type { TestDatabase } from '../../../../test/kit/database.ts';
import { freshDatabase } from '../../../../test/kit/database.ts';
import type { RecordRoom } from '../../../../test/kit/record-room.ts';
import { openRecordRoom } from '../../../../test/kit/record-room.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import type { EntryDraft } from './entry-draft.ts';
import type { ExportFormat } from './record-export.ts';
import type { RecordFilter } from './record-filter.ts';

const count = 2_500;

let database: TestDatabase;
let room: RecordRoom;

beforeAll(async () => {
  database = await freshDatabase();
  room = await openRecordRoom(database.url);
  await room.append(...Array.from({ length: count - 1 }, (_, version) => released(version)), {
    kind: 'key-revoked',
    stream: null,
    flagId: null,
    actor,
    data: { keyId: asta.person.id },
  });
  await headReaches(count);
});
afterAll(async () => {
  await room.close();
  await database.close();
});

describe('an export', () => {
  it('holds the record as it was at the start, in pages of bounded size, and is in the record before its first line', async () => {
    const lines = await start('jsonl');
    await headReaches(count + 1);
    await room.append(released(-1));
    await headReaches(count + 2);
    const pages: string[][] = [];
    for await (const page of lines) pages.push(page.trimEnd().split('\n'));

    expect(pages.map((page) => page.length)).toEqual([1_000, 1_000, 500]);
    const numbers = pages.flat().map((line) => (JSON.parse(line) as RecordEntry).number);
    expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    const [entry] = (await room.record.page({ span: { after: count }, filter: {}, limit: 1, reader: asta })).items;
    expect(entry).toMatchObject({ kind: 'record-exported', data: { after: 0, count, format: 'jsonl', filter: '{}' } });
  });

  it('reads no further than somebody takes it', async () => {
    const readRows = async () => {
      // What a session has read shows in the figures when it is idle again.
      const [row] = await database.query<{ rows: string }>(
        `select pg_stat_force_next_flush(), coalesce(sum(idx_tup_fetch), 0) as rows from pg_stat_user_tables where relname = 'record_entry'`,
      );
      return Number(row?.rows);
    };
    const lines = await start('csv');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const before = await readRows();
    const iterator = lines[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 1_500));

    expect((await readRows()) - before).toBeLessThan(1_500);
    await iterator.return?.();
  });

  it('leaves out what the reader may not see: the number stays where nothing is filtered', async () => {
    const everything = await wholeOf(await start('jsonl', {}, ['record.export']));
    expect(JSON.parse(everything.split('\n')[count - 1] ?? '')).toEqual({ number: count });

    expect(await wholeOf(await start('jsonl', { kinds: ['key-revoked'] }, ['record.export']))).toBe('');
    expect((await wholeOf(await start('jsonl', { kinds: ['key-revoked'] }))).trimEnd().split('\n')).toHaveLength(1);
  });
});

const actor = { kind: 'system', part: 'spec' } as const;
const asta: SignedIn = {
  person: {
    id: '0193b5a6-6c00-7000-8000-00000000000a',
    email: 'asta@watchfloor.test',
    name: 'Asta',
    roles: ['auditor'],
    isDisabled: false,
    createdAt: '2026-11-22T06:00:00.000Z',
  },
  permissions: new Set(permissions),
  sessionId: '0193b5a6-6c00-7000-8000-00000000000b',
  expiresAt: '2026-12-22T06:00:00.000Z',
};

function start(format: ExportFormat, filter: RecordFilter = {}, held: readonly Permission[] = permissions) {
  return room.exports.start({ after: 0, filter, format, by: { ...asta, permissions: new Set(held) } });
}

function released(version: number): EntryDraft {
  return { kind: 'flag-released', stream: 'toxicity', flagId: null, actor, data: { version } };
}

async function wholeOf(lines: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const page of lines) whole += page;
  return whole;
}

async function headReaches(head: number): Promise<void> {
  for (const end = Date.now() + 10_000; room.record.head < head;) {
    if (Date.now() > end) throw new Error(`the head stays at ${room.record.head}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
