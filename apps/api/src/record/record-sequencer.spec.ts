import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordEntry } from '@watchfloor/contracts';
import type { TestDatabase } from '../../../../test/kit/database.ts';
import { freshDatabase } from '../../../../test/kit/database.ts';
import type { RecordRoom } from '../../../../test/kit/record-room.ts';
import { openRecordRoom } from '../../../../test/kit/record-room.ts';
import type { EntryDraft } from './entry-draft.ts';
import { batchSize, SequencerLine } from './sequencer-line.ts';

let database: TestDatabase;
let rooms: Watched[];

interface Watched extends RecordRoom {
  readonly seen: RecordEntry[];
}

beforeEach(async () => {
  database = await freshDatabase();
  rooms = [];
});
afterEach(async () => {
  await Promise.all(rooms.map((room) => room.close()));
  await database.close();
});

describe('the sequencer', () => {
  it('numbers densely under concurrent writers, rollbacks, three instances and killed lock holders', async () => {
    await Promise.all([openInstance(), openInstance(), openInstance()]);
    const writers = Array.from({ length: 6 }, (_, writer) => write(writer));
    const kills = killHolders(8);

    const committed = (await Promise.all(writers)).flat();
    const takenOver = await kills;
    await until(() => rooms.every(({ seen }) => seen.length >= committed.length));

    expect(takenOver.size).toBeGreaterThan(2);
    const numbers = await database.query<{ number: string }>('select number from record_number order by number');
    expect(numbers.map(({ number }) => Number(number))).toEqual(committed.map((_, index) => index + 1));
    for (const { seen } of rooms) {
      expect(seen.map(({ number }) => number)).toEqual(committed.map((_, index) => index + 1));
      expect(seen.map(textOf).sort()).toEqual(committed.sort());
      expect(byWriter(seen)).toEqual(byWriter(rooms[0]!.seen));
    }
    for (const texts of Object.values(byWriter(rooms[0]!.seen))) expect(texts).toEqual(texts?.toSorted(inOrder));
    expect(await database.query('select 1 from record_pending')).toEqual([]);
  }, 60_000);

  it('goes on from the head after a restart, with what was committed and not yet numbered', async () => {
    const first = await openInstance();
    await first.append(entry('before'));
    await until(() => first.seen.length === 1);
    await first.close();
    rooms = [];
    // As after a kill between the commit and the numbering.
    const crashed = await openRecordRoom(database.url);
    await crashed.close();
    await database.query(`
      with lost as (insert into record_entry select gen_random_uuid(), at, replace(body, 'before', 'lost'), leaf_hash from record_entry returning *)
      insert into record_pending (entry_id, at, kind) select id, at, 'flag-skipped' from lost`);

    const second = await openInstance();
    await until(() => second.seen.length === 1);
    await second.append(entry('after'));
    await until(() => second.seen.length === 2);

    expect(second.seen.map((item) => [item.number, textOf(item)])).toEqual([
      [2, 'lost'],
      [3, 'after'],
    ]);
  });

  it('numbers more than one batch without waiting', async () => {
    const room = await openInstance();
    const count = batchSize * 2 + 1;
    await room.append(...Array.from({ length: count }, (_, index) => entry(`w-${index}`)));
    await until(() => room.seen.length === count);

    expect(room.seen.map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(room.seen.map(textOf)).toEqual(Array.from({ length: count }, (_, index) => `w-${index}`));
  }, 30_000);

  it('reads nothing of a long record but its end', async () => {
    const line = await SequencerLine.open(database.url, { onPending: () => undefined, onNumbered: () => undefined });
    await addPending(batchSize);
    expect(await line.numberBatch()).toBe(batchSize);
    await addPending(1);
    expect(await line.numberBatch()).toBe(1);
    // What a session has read is told when it ends, at the latest.
    await line.close();
    await until(async () => (await rowsRead('idx_tup_read')) > 0);

    expect(await rowsRead('seq_tup_read')).toBe(0);
  }, 30_000);

  it('is taken over from a holder that is stopped, not dead, and that one numbers no more', async () => {
    const calls = { onPending: () => undefined, onNumbered: () => undefined };
    const stopped = await SequencerLine.open(database.url, calls);
    expect(await stopped.hold()).toBe(true);
    // From here on it says nothing, as after SIGSTOP; its connection stays open.
    const room = await openInstance();
    await room.append(entry('waits'));
    await until(() => room.seen.length === 1);

    await expect(stopped.numberBatch()).rejects.toThrow();
    await stopped.close();
  }, 30_000);

  it('does not let a long transaction hold up the others', async () => {
    const room = await openInstance();
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    const slow = room.work.run(async (tx) => {
      await room.record.append(tx, [entry('slow')]);
      await held;
    });
    await until(
      async () =>
        (
          await database.query(
            `select 1 from pg_stat_activity where state = 'idle in transaction' and datname = current_database()`,
          )
        ).length > 0,
    );
    await room.append(entry('quick'));
    await until(() => room.seen.length === 1);
    finish();
    await slow;
    await until(() => room.seen.length === 2);

    expect(room.seen.map(textOf)).toEqual(['quick', 'slow']);
  });
});

/** Puts entries into the waiting line, as a transaction of the record does. */
async function addPending(count: number): Promise<void> {
  await database.query(`
    with entry as (
      insert into record_entry
      select gen_random_uuid(), now(), '{}', decode(repeat('00', 32), 'hex') from generate_series(1, ${count})
      returning id, at
    )
    insert into record_pending (entry_id, at, kind) select id, at, 'flag-skipped' from entry`);
}

/** How many rows (or index entries) of the numbered record have been read so far. */
async function rowsRead(how: 'seq_tup_read' | 'idx_tup_read'): Promise<number> {
  const rows = await database.query<{ count: string }>(
    how === 'seq_tup_read'
      ? `select seq_tup_read as count from pg_stat_user_tables where relname = 'record_number'`
      : `select sum(idx_tup_read) as count from pg_stat_user_indexes where relname = 'record_number'`,
  );
  return Number(rows[0]?.count);
}

async function openInstance(): Promise<Watched> {
  const room = await openRecordRoom(database.url);
  const seen: RecordEntry[] = [];
  room.record.numbered.subscribe((entries) => seen.push(...entries));
  const watched = { ...room, seen };
  rooms.push(watched);
  return watched;
}

/** @returns the texts of what was committed; every fifth transaction is rolled back */
async function write(writer: number): Promise<string[]> {
  const room = rooms[writer % rooms.length]!;
  const committed: string[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    const texts = Array.from({ length: 1 + (turn % 7) }, (_, index) => `${writer}-${turn * 10 + index}`);
    const work = room.work.run(async (tx) => {
      await room.record.append(tx, texts.map(entry));
      if (turn % 5 === 4) throw new Error('rolled back');
    });
    await work.then(
      () => committed.push(...texts),
      (error: unknown) => expect(String(error)).toContain('rolled back'),
    );
  }
  return committed;
}

/** Ends the connection that holds the lock, again and again. @returns the backends that held it */
async function killHolders(times: number): Promise<ReadonlySet<number>> {
  const holders = new Set<number>();
  for (let kill = 0; kill < times; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, 120));
    const killed = await database.query<{ pid: number }>(
      `select pid, pg_terminate_backend(pid) from pg_locks join pg_database d on d.oid = database
       where locktype = 'advisory' and granted and datname = current_database()`,
    );
    for (const { pid } of killed) holders.add(pid);
  }
  return holders;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await holds());) {
    if (Date.now() > end) throw new Error(`waited too long: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function entry(text: string): EntryDraft<'flag-skipped'> {
  const actor = { kind: 'system', part: 'spec' } as const;
  return { kind: 'flag-skipped', stream: null, flagId: null, actor, data: { version: 1, reason: text } };
}

function textOf({ data }: RecordEntry): string {
  return 'reason' in data ? (data.reason ?? '') : '';
}

function byWriter(entries: readonly RecordEntry[]): Partial<Record<string, string[]>> {
  return Object.groupBy(entries.map(textOf), (text) => text.split('-')[0]!);
}

function inOrder(one: string, other: string): number {
  return Number(one.split('-')[1]) - Number(other.split('-')[1]);
}
