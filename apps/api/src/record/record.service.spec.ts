import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordEntry, ServedEntry } from '@watchfloor/contracts';
import { isReadable, permissions } from '@watchfloor/contracts';
import { canonicalForm, isLeafOf } from '@watchfloor/ledger';
import { lastValueFrom, scan, takeWhile, timeout } from 'rxjs';
import type { TestDatabase } from '../../../../test/kit/database.ts';
import { freshDatabase } from '../../../../test/kit/database.ts';
import type { RecordRoom } from '../../../../test/kit/record-room.ts';
import { openRecordRoom } from '../../../../test/kit/record-room.ts';
import type { EntryDraft } from './entry-draft.ts';

const person = { id: '0193b5a6-6c00-7000-8000-0000000000aa' };
const auditor = { person, permissions: new Set(permissions) };
const reviewer = { person, permissions: new Set(permissions.filter((name) => name !== 'record.read-access')) };
const maria = '0193b5a6-6c00-7000-8000-00000000000a';
const flagId = '0193b5a6-6c00-7000-8000-000000000003';

let database: TestDatabase;
let room: RecordRoom;

async function open(): Promise<void> {
  database = await freshDatabase();
  room = await openRecordRoom(database.url);
}

async function close(): Promise<void> {
  await room.close();
  await database.close();
}

describe('an appended entry', () => {
  beforeEach(open);
  afterEach(close);

  it('gets its number after the commit and is passed on in order', async () => {
    const seen = entriesUpTo(3);
    await room.append(skipped('one'), skipped('two'));
    await room.append(skipped('three'));

    const entries = await seen;
    expect(entries.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(entries.map(reasonOf)).toEqual(['one', 'two', 'three']);
    expect(room.record.head).toBe(3);
  });

  it('bears the leaf hash of exactly what is served', async () => {
    await appendAndWait(skipped('Säkerheten är 0,51 🚩'));

    const { items } = await page({});
    const { number, leafHash, actorName, ...body } = onlyReadable(items)[0]!;
    expect({ number, actorName }).toEqual({ number: 1, actorName: 'detection' });
    expect(isLeafOf(body, leafHash)).toBe(true);
    expect(
      createHash('sha256')
        .update(`\0${canonicalForm(body)}`)
        .digest('hex'),
    ).toBe(leafHash);
  });

  it('bears a hash that PostgreSQL finds, too', async () => {
    await appendAndWait(skipped('one'), skipped('two'));

    const rows = await database.query<{ agrees: boolean }>(
      `select leaf_hash = sha256('\\x00'::bytea || convert_to(body, 'UTF8')) as agrees from record_entry`,
    );
    expect(rows).toEqual([{ agrees: true }, { agrees: true }]);
  });

  it('bears the instant of its transaction', async () => {
    const now = await room.work.run(async (tx) => {
      await room.record.append(tx, [skipped('one')]);
      const [row] = await tx.query<[{ now: Date }]>('select now() as now');
      return row.now.toISOString();
    });
    await headReaches(1);

    expect(onlyReadable((await page({})).items)[0]!.at).toBe(now);
  });

  it('is not there when the transaction is rolled back', async () => {
    const failing = room.work.run(async (tx) => {
      await room.record.append(tx, [skipped('never')]);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await appendAndWait(skipped('after'));

    expect((await page({})).items.map((entry) => [entry.number, reasonOf(entry)])).toEqual([[1, 'after']]);
    expect(await database.query('select 1 from record_entry')).toHaveLength(1);
  });

  it('may quote hostile text: half characters are replaced, all else is kept', async () => {
    await appendAndWait(skipped('\u0000 <script> \ud800 =cmd|" \u202e \\u0000'));

    expect(reasonOf((await page({})).items[0]!)).toBe('\u0000 <script> \ufffd =cmd|" \u202e \\u0000');
  });

  it('is refused when its data is not what its kind holds', async () => {
    const stray = { ...skipped('one'), data: { version: 1, prediction: { input: 'secret' } } } as EntryDraft;

    await expect(room.append(stray)).rejects.toThrow('prediction');
    expect(await database.query('select 1 from record_entry')).toEqual([]);
  });

  it('is stored with the beginning of a text that is longer than an entry may be', async () => {
    await appendAndWait(skipped('x'.repeat(70_000)));

    expect(reasonOf((await page({})).items[0]!)).toBe(`${'x'.repeat(999)}…`);
  });
});

describe('the tables of the record', () => {
  beforeAll(async () => {
    await open();
    await appendAndWait(skipped('one'));
  });
  afterAll(close);

  it.each([
    `update record_entry set body = '{}'`,
    'delete from record_entry',
    'truncate record_entry cascade',
    `update record_number set at = now()`,
    'delete from record_number',
    'truncate record_number',
    'update record_pending set seq = default',
    'truncate record_pending',
    `insert into record_entry select * from record_entry on conflict (id) do update set body = '{}'`,
    `set session_replication_role = replica; delete from record_number`,
  ])('refuse "%s"', async (statement) => {
    await expect(database.query(statement)).rejects.toThrow('append-only');
    expect((await page({})).items).toHaveLength(1);
  });
});

describe('a page of the record', () => {
  const person = { kind: 'person', id: maria } as const;

  afterAll(close);
  beforeAll(async () => {
    await open();
    await database.query(
      `insert into person (id, email, email_key, name, roles, created_at) values ($1, 'm@x.org', 'm@x.org', 'Maria', '{}', now())`,
      [maria],
    );
    await appendAndWait(
      skipped('one'),
      { ...skipped('two'), stream: 'fraud', actor: person },
      { kind: 'person-signed-in', stream: null, flagId: null, actor: person, data: { by: 'password' } },
      settled('confirmed'),
      { ...settled('overridden'), actor: person },
      { kind: 'flag-released', stream: 'fraud', flagId, actor: person, data: { version: 9 } },
    );
  });

  it.each([
    [{}, [1, 2, 3, 4, 5, 6]],
    [{ kinds: ['flag-skipped', 'flag-released'] }, [1, 2, 6]],
    [{ kinds: ['person-signed-in'] }, [3]],
    [{ stream: 'fraud' }, [2, 6]],
    [{ flagId }, [4, 5, 6]],
    [{ personId: maria }, [2, 3, 5, 6]],
    [{ verdict: 'overridden' }, [5]],
    [{ reason: 'data-fault' }, [5]],
    [{ stream: 'fraud', kinds: ['flag-released'] }, [6]],
    [{ stream: 'nowhere' }, []],
    [{ from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }, [1, 2, 3, 4, 5, 6]],
    [{ from: '2100-01-01T00:00:00.000Z' }, []],
    [{ to: '2020-01-01T00:00:00.000Z' }, []],
  ] as const)('filtered by %j holds %j', async (filter, numbers) => {
    const { items } = await page({ filter });
    expect(items.map(({ number }) => number)).toEqual(numbers);
  });

  it('names people as they are called now', async () => {
    await database.query(`update person set name = 'Maria Lund' where id = $1`, [maria]);

    const { items } = await page({ filter: { stream: 'fraud' } });
    expect(onlyReadable(items).map(({ actorName }) => actorName)).toEqual(['Maria Lund', 'Maria Lund']);
  });

  it('shows what the reader may not see as its bare number', async () => {
    const { items } = await page({ reader: reviewer });

    expect(items[2]).toEqual({ number: 3 });
    expect(items.filter(isReadable).map(({ number }) => number)).toEqual([1, 2, 4, 5, 6]);
    expect(await room.record.entry(3, reviewer)).toEqual({ number: 3 });
    expect(await room.record.entry(3, auditor)).toMatchObject({ number: 3, kind: 'person-signed-in' });
  });

  it('leaves out what the reader may not see when something is filtered', async () => {
    const { items } = await page({ reader: reviewer, filter: { personId: maria } });
    expect(items.map(({ number }) => number)).toEqual([2, 5, 6]);
    expect((await page({ reader: reviewer, filter: { kinds: ['person-signed-in'] } })).items).toEqual([]);
  });

  it('is read on upwards and downwards to the end', async () => {
    const up = await page({ span: { after: 0 }, limit: 4 });
    expect([up.items.map(({ number }) => number), up.next, up.head]).toEqual([[1, 2, 3, 4], '4', 6]);
    const rest = await page({ span: { after: 4 }, limit: 4 });
    expect([rest.items.map(({ number }) => number), rest.next]).toEqual([[5, 6], undefined]);

    const down = await page({ span: { before: 7 }, limit: 4 });
    expect([down.items.map(({ number }) => number), down.next]).toEqual([[6, 5, 4, 3], '3']);
    const first = await page({ span: { before: 3 }, limit: 4 });
    expect([first.items.map(({ number }) => number), first.next]).toEqual([[2, 1], undefined]);
  });

  it('says that an entry is not there yet', async () => {
    expect(await room.record.entry(7, auditor)).toMatchObject({ refused: 'not-found' });
    expect(await room.record.entry(0, auditor)).toMatchObject({ refused: 'not-found' });
  });
});

async function page(request: Partial<Parameters<typeof room.record.page>[0]>) {
  return room.record.page({ span: { after: 0 }, filter: {}, limit: 100, reader: auditor, ...request });
}

async function appendAndWait(...drafts: EntryDraft[]): Promise<void> {
  const done = headReaches(room.record.head + drafts.length);
  await room.append(...drafts);
  await done;
}

function entriesUpTo(head: number): Promise<RecordEntry[]> {
  return lastValueFrom(
    room.record.numbered.pipe(
      scan((all: RecordEntry[], batch) => [...all, ...batch], []),
      takeWhile((all) => all.length < head, true),
      timeout(5_000),
    ),
  );
}

async function headReaches(head: number): Promise<void> {
  if (room.record.head >= head) return;
  const reached = room.record.numbered.pipe(
    takeWhile(() => room.record.head < head, true),
    timeout(5_000),
  );
  await lastValueFrom(reached, { defaultValue: [] });
}

function skipped(reason: string): EntryDraft<'flag-skipped'> {
  const actor = { kind: 'system', part: 'detection' } as const;
  return { kind: 'flag-skipped', stream: 'toxicity', flagId: null, actor, data: { version: 1, reason } };
}

function settled(verdict: 'confirmed' | 'overridden'): EntryDraft<'flag-settled'> {
  const actor = { kind: 'system', part: 'spec' } as const;
  const reason = verdict === 'overridden' ? ({ reason: 'data-fault' } as const) : {};
  const data = { version: 2, verdictId: maria, verdict, label: 'toxic', policyVersion: 1, ...reason };
  return { kind: 'flag-settled', stream: 'toxicity', flagId, actor, data };
}

function onlyReadable(entries: readonly ServedEntry[]): RecordEntry[] {
  return entries.filter(isReadable);
}

function reasonOf(entry: ServedEntry): unknown {
  return isReadable(entry) && 'reason' in entry.data ? entry.data.reason : undefined;
}
