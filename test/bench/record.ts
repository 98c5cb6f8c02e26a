import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntryBody } from '@watchfloor/contracts';
import { permissions } from '@watchfloor/contracts';
import { leafOf } from '@watchfloor/ledger';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { startEmbedded } from '../../apps/api/src/platform/database/embedded/embedded-postgres.ts';
import type * as clockSource from '../../apps/api/src/platform/clock/clock.ts';
import type * as dataSourceSource from '../../apps/api/src/platform/database/data-source.ts';
import type * as databaseAddressSource from '../../apps/api/src/platform/database/database-address.ts';
import type * as workSource from '../../apps/api/src/platform/database/work.ts';
import type * as recordFollowerSource from '../../apps/api/src/record/record-follower.ts';
import type * as recordSequencerSource from '../../apps/api/src/record/record-sequencer.ts';
import type * as recordStoreSource from '../../apps/api/src/record/record-store.ts';
import type * as recordServiceSource from '../../apps/api/src/record/record.service.ts';
import type * as withheldStoreSource from '../../apps/api/src/record/withheld.store.ts';
import type { Row } from './table.ts';
import { perSecond, quantile } from './table.ts';

const writers = 8;
const batch = 100;
const batches = 200;
const singles = 300;
const pages = 100;

/** What the record takes in and how soon it tells, beside plain inserts of the same bytes and beside bare SHA-256. */
export async function recordBench(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'watchfloor-bench-'));
  const database = await startEmbedded(join(folder, 'database'));
  const room = await openBuiltRoom(database.url);
  try {
    const leaves = measureLeaves();
    const appended = await measureAppends(room);
    const tellings = await measureTelling(room);
    const reading = await measurePages(room);
    const inserts = await measureInserts(database.url);
    return [
      {
        what: 'leaf of an entry of 570 bytes',
        figure: rate(leaves.leaf),
        beside: `${share(leaves.leaf, leaves.hash)} of bare SHA-256`,
      },
      {
        what: `entries appended, numbered and told, ${batch} a transaction, ${writers} writers`,
        figure: rate(appended),
        beside: `${share(appended, inserts)} of plain inserts`,
      },
      {
        what: 'ceiling: plain inserts of the same bytes, as many a transaction',
        figure: rate(inserts),
        beside: 'no numbers, nothing told',
      },
      { what: 'from commit to told, one entry at a time', figure: quantiles(tellings), beside: `${singles} entries` },
      {
        what: 'a page of 200 entries from the middle',
        figure: quantiles(reading),
        beside: `${writers * batches * batch} entries`,
      },
    ];
  } finally {
    await room.close();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Room = Awaited<ReturnType<typeof openBuiltRoom>>;

/** The record room of the built server: its source has decorators, which Node does not strip. */
async function openBuiltRoom(url: string) {
  const { dataSourceOptions, migrateDatabase } = await built<typeof dataSourceSource>(
    'platform/database/data-source.js',
  );
  const { DatabaseAddress } = await built<typeof databaseAddressSource>('platform/database/database-address.js');
  const { Work } = await built<typeof workSource>('platform/database/work.js');
  const { Clock } = await built<typeof clockSource>('platform/clock/clock.js');
  const { RecordStore } = await built<typeof recordStoreSource>('record/record-store.js');
  const { RecordSequencer } = await built<typeof recordSequencerSource>('record/record-sequencer.js');
  const { RecordFollower } = await built<typeof recordFollowerSource>('record/record-follower.js');
  const { RecordService } = await built<typeof recordServiceSource>('record/record.service.js');
  const { WithheldStore } = await built<typeof withheldStoreSource>('record/withheld.store.js');
  await migrateDatabase(url);
  const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
  const work = new Work(dataSource);
  const store = new RecordStore();
  const sequencer = new RecordSequencer(new DatabaseAddress(url));
  const follower = new RecordFollower(work, store, sequencer);
  const record = new RecordService(work, new Clock(), store, new WithheldStore(), sequencer, follower);
  await follower.onApplicationBootstrap();
  sequencer.onApplicationBootstrap();
  return {
    record,
    analyze: () => dataSource.query('analyze record_number, record_entry'),
    append: (count: number) =>
      work.run((tx) =>
        record.append(
          tx,
          Array.from({ length: count }, () => draft),
        ),
      ),
    close: async () => {
      await sequencer.beforeApplicationShutdown();
      await follower.beforeApplicationShutdown();
      await dataSource.destroy();
    },
  };
}

async function built<Module>(path: string): Promise<Module> {
  return (await import(new URL(`../../apps/api/dist/${path}`, import.meta.url).href)) as Module;
}

const flagId = '0193b5a6-6c00-7000-8000-000000000003';
const draft = {
  kind: 'flag-raised',
  stream: 'toxicity',
  flagId,
  actor: { kind: 'system', part: 'detection' },
  data: {
    policyVersion: 1,
    flag: {
      id: flagId,
      version: 1,
      stream: 'toxicity',
      state: 'open',
      priority: 'P3',
      raisedAt: '2026-11-22T06:00:00.000Z',
      subjectKind: 'prediction',
      predictionId: 'row-182371',
      kinds: ['low-confidence'],
      reason: 'Confidence 0.51 lies under 0.62, the least sure 8 % of this stream',
    },
  },
} as const satisfies Omit<EntryBody<'flag-raised'>, 'id' | 'at'>;
const body: EntryBody = { id: flagId, at: '2026-11-22T06:00:00.000Z', ...draft };

function measureLeaves(): { leaf: number; hash: number } {
  const text = `\0${leafOf(body).canonical}`;
  return {
    leaf: timesPerSecond(() => leafOf(body)),
    hash: timesPerSecond(() => createHash('sha256').update(text).digest()),
  };
}

function timesPerSecond(work: () => unknown): number {
  for (let warm = 0; warm < 5_000; warm += 1) work();
  const count = 100_000;
  const startMs = performance.now();
  for (let time = 0; time < count; time += 1) work();
  return (count * 1000) / (performance.now() - startMs);
}

async function measureAppends({ record, append }: Room): Promise<number> {
  const goal = record.head + writers * batches * batch;
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      for (let turn = 0; turn < batches; turn += 1) await append(batch);
    }),
  );
  while (record.head < goal) await nextTurn();
  return (writers * batches * batch * 1000) / (performance.now() - startMs);
}

async function measureTelling({ record, append }: Room): Promise<number[]> {
  const delays: number[] = [];
  for (let time = 0; time < singles; time += 1) {
    const goal = record.head + 1;
    await append(1);
    const committedMs = performance.now();
    while (record.head < goal) await nextTurn();
    delays.push(performance.now() - committedMs);
  }
  return delays;
}

async function measurePages({ record, analyze }: Room): Promise<number[]> {
  // As autovacuum does within a minute: without figures about a table that was empty just now, the planner sorts it whole.
  await analyze();
  const reader = { person: { id: '0193b5a6-6c00-7000-8000-00000000000a' }, permissions: new Set(permissions) };
  const delays: number[] = [];
  for (let page = 0; page < pages; page += 1) {
    const span = { after: Math.floor((record.head * page) / pages) };
    const startMs = performance.now();
    await record.page({ span, filter: { stream: 'toxicity' }, limit: 200, reader });
    delays.push(performance.now() - startMs);
  }
  return delays;
}

/** The least that any history must do: put the same bytes into one table. */
async function measureInserts(url: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: writers });
  const { canonical } = leafOf(body);
  try {
    await pool.query('create table plain_entry (id uuid primary key, body text not null)');
    const startMs = performance.now();
    await Promise.all(
      Array.from({ length: writers }, async () => {
        for (let turn = 0; turn < batches; turn += 1) {
          const texts = Array.from({ length: batch }, () => canonical);
          await pool.query('insert into plain_entry select uuidv7(), body from unnest($1::text[]) body', [texts]);
        }
      }),
    );
    return (writers * batches * batch * 1000) / (performance.now() - startMs);
  } finally {
    await pool.end();
  }
}

function rate(count: number): string {
  return perSecond(count, 1000);
}

function share(one: number, other: number): string {
  return (one / other).toFixed(2);
}

function quantiles(delays: readonly number[]): string {
  return `p50 ${quantile(delays, 0.5).toFixed(1)} ms, p99 ${quantile(delays, 0.99).toFixed(1)} ms`;
}
