import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { instantOf } from '@watchfloor/contracts';
import type { TestApp } from '../../../../../test/kit/app.ts';
import { startApp } from '../../../../../test/kit/app.ts';
import { aPrediction } from '../../../../../test/builders/a-prediction.ts';
import { Work } from '../../platform/database/work.ts';
import { StreamsService } from '../../streams/streams.service.ts';
import { PartitionKeeper } from './partition-keeper.ts';
import { PartitionStore } from './partition-store.ts';

const dayMs = 86_400_000;
let app: TestApp;

beforeAll(async () => {
  app = await startApp();
}, 60_000);
afterAll(() => app.close());

const query = <Row>(sql: string, parameters: unknown[] = []) => app.app.get(DataSource).query<Row[]>(sql, parameters);
const today = () => Math.floor(Date.now() / dayMs) * dayMs;
const days = async () =>
  (await app.app.get(Work).read((tx) => app.app.get(PartitionStore).days(tx))).map((day) => (day - today()) / dayMs);

it('partitions are there a week ahead, and making them again changes nothing', async () => {
  const before = await days();
  expect(before).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  await app.app.get(PartitionKeeper).makeAhead();
  expect(await days()).toEqual(before);
});

it('what no stream keeps goes with its day; what one stream keeps no longer, goes by itself', async () => {
  const work = app.app.get(Work);
  const streams = app.app.get(StreamsService);
  await work.run((tx) => streams.register(tx, [aPrediction({ stream: 'long' }), aPrediction({ stream: 'short' })]));
  const short = streams.find('short')!;
  await work.run((tx) =>
    streams.changePolicy(tx, 'short', {
      policy: { ...short.policy, retentionDays: 2 },
      byPerson: '0198a1b2-0000-7000-8000-000000000001',
    }),
  );
  const ages = [40, 32, 31, 30, 4, 3, 2, 0];
  await work.run((tx) =>
    app.app.get(PartitionStore).make(
      tx,
      ages.map((age) => today() - age * dayMs),
    ),
  );
  for (const [at, age] of ages.entries()) {
    for (const name of ['long', 'short']) {
      // More than one statement removes at a time, on one of the days.
      await query(
        `with row as (
           insert into prediction (stream_id, position, received_at, id, body)
           select $1, $2::int * 10000 + n, $3, 'id-' || $2 || '-' || n, '{}' from generate_series(1, $4::int) n returning *
         ), key as (insert into prediction_key select stream_id, id, position, received_at from row)
         insert into outcome (stream_id, id, label, at) select stream_id, id, 'fine', received_at from row`,
        [streams.find(name)!.id, at, instantOf(today() - age * dayMs + dayMs - 1), age === 31 ? 5_500 : 3],
      );
    }
  }

  await app.app.get(PartitionKeeper).removeOld();

  expect(await days()).toEqual([-30, -4, -3, -2, 0, 1, 2, 3, 4, 5, 6, 7]);
  for (const table of ['prediction', 'prediction_key', 'outcome']) {
    const left = await query<{ name: string; ages: string[] }>(
      `select name, array_agg(distinct split_part(kept.id, '-', 2)) as ages
       from ${table} kept join stream on stream.id = stream_id group by name order by name`,
    );
    // Indexes into `ages`: long keeps 30 days, short 2.
    expect(left).toEqual([
      { name: 'long', ages: ['3', '4', '5', '6', '7'] },
      { name: 'short', ages: ['6', '7'] },
    ]);
  }
}, 30_000);
