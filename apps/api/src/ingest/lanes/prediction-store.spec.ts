import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TestDatabase } from '../../../../../test/kit/database.ts';
import { freshDatabase } from '../../../../../test/kit/database.ts';
import { aWatchedStream } from '../../../../../test/builders/a-watched-stream.ts';
import { CopyLines } from './copy-lines.ts';
import { PartitionStore } from './partition-store.ts';
import { predictionRow } from './prediction-row.ts';
import { PredictionStore } from './prediction-store.ts';

const day = Date.parse('2026-11-22T00:00:00.000Z');
const store = new PredictionStore();

describe('stored predictions', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await freshDatabase();
    await database.work.run((tx) => new PartitionStore(database.work).make(tx, [day]));
  });
  afterAll(() => database.close());

  it('come back as they went in, whatever their texts contain', async () => {
    const watched = aWatchedStream({ id: 7 });
    // No NUL and no half of a pair: the schema keeps these out of ids and labels, and JSON escapes them in bodies.
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom('\\N', '\\.', '\\', '\t', 'a\nb', '\r', '{}', '"'),
    );
    let position = 0;
    const one = fc.record({
      id: text,
      label: text,
      value: fc.double({ noNaN: true, noDefaultInfinity: true }),
      body: fc.json(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 20 }), async (given) => {
        const first = position;
        const rows = new CopyLines(given.length);
        for (const { id, label, value, body } of given) {
          position += 1;
          const prediction = { stream: 'toxicity', id, label, value };
          const arrival = { index: 0, prediction, text: body, outcome: 'waiting' as const };
          const placed = { arrival, prediction, watched, streamId: 7, id, position, receivedAtMs: day };
          rows.add(predictionRow(placed, '2026-11-22T00:00:00.000Z', [], 0.25));
        }
        await database.work.run((tx) => store.insert(tx, rows));
        const found = await database.query<{ id: string; label: string; value: number; body: string }>(
          'select id, label, value, body::text as body from prediction where stream_id = 7 and position > $1 order by position',
          [first],
        );
        expect(found).toEqual(given.map((each) => ({ ...each, value: each.value + 0 })));
      }),
      { numRuns: 30 },
    );
  });

  it('are claimed by the first of equal ids', async () => {
    const claim = (ids: readonly string[], from: number) =>
      database.work.run((tx) =>
        store.claim(
          tx,
          ids.map((id, at) => ({ streamId: 1, id, position: from + at, receivedAtMs: day })),
        ),
      );

    expect(await claim(['a', 'b', 'a', '"', '\\', '{,}', 'NULL'], 1)).toEqual([2]);
    expect(await claim(['c', 'b', 'NULL', 'd', 'c', '"'], 8)).toEqual([1, 2, 4, 5]);
    const keys = await database.query<{ id: string; position: string }>(
      'select id, position from prediction_key where stream_id = 1 order by position',
    );
    expect(keys.map(({ id, position }) => [id, Number(position)])).toEqual([
      ['a', 1],
      ['b', 2],
      ['"', 4],
      ['\\', 5],
      ['{,}', 6],
      ['NULL', 7],
      ['c', 8],
      ['d', 11],
    ]);
  });
});
