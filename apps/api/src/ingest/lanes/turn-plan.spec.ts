import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Arrival } from './arrival.ts';
import { closeGaps, place } from './turn-plan.ts';
import { aWatchedStream } from '../../../../../test/builders/a-watched-stream.ts';

const arrivals = (streams: readonly string[]): Arrival[] =>
  streams.map((stream, index) => ({
    index,
    prediction: { stream, id: `id-${index}`, label: 'fine' },
    text: '{}',
    outcome: 'waiting',
  }));

const places = (some: readonly { streamId: number; position: number }[], streamId: number) =>
  some.filter((each) => each.streamId === streamId).map(({ position }) => position);

describe('the plan of a turn', () => {
  const streams = () =>
    new Map([
      ['a', aWatchedStream({ id: 1, name: 'a', position: 10, receivedAtMs: 5_000 })],
      ['b', aWatchedStream({ id: 2, name: 'b', position: 0, receivedAtMs: 0 })],
    ]);

  it('goes on where each stream is, in the order of arrival', () => {
    const placed = place(arrivals(['a', 'b', 'a', 'unknown', 'b', 'a']), streams(), 9_000);
    expect(placed.map(({ streamId, position }) => [streamId, position])).toEqual([
      [1, 11],
      [2, 1],
      [1, 12],
      [2, 2],
      [1, 13],
    ]);
  });

  it('never goes back in time, even if the clock does', () => {
    const placed = place(arrivals(['a', 'b']), streams(), 3_000);
    expect(placed.map(({ receivedAtMs }) => receivedAtMs)).toEqual([5_000, 3_000]);
  });

  it('leaves no gap and no number twice, whatever was a duplicate', () => {
    const names = fc.array(fc.constantFrom('a', 'b'), { maxLength: 40 });
    fc.assert(
      fc.property(names, fc.infiniteStream(fc.boolean()), (given, isDuplicate) => {
        const placed = place(arrivals(given), streams(), 9_000);
        const duplicates = placed.map((_, index) => index).filter(() => isDuplicate.next().value === true);
        const { kept, moved } = closeGaps(placed, duplicates);

        expect(kept.map(({ id }) => id)).toEqual(
          placed.filter((_, index) => !duplicates.includes(index)).map(({ id }) => id),
        );
        for (const [streamId, first] of [
          [1, 11],
          [2, 1],
        ] as const) {
          const positions = places(kept, streamId);
          expect(positions).toEqual(positions.map((_, at) => first + at));
        }
        const before = new Map(placed.map(({ id, position }) => [id, position]));
        expect(moved).toEqual(kept.filter(({ id, position }) => before.get(id) !== position));
      }),
    );
  });
});
