import { describe, expect, it } from '@jest/globals';
import { noArrivals, noteArrival, stretchStart } from './arrivals.ts';

function arrived(from: number, to: number) {
  const arrivals = noArrivals();
  for (let position = from; position <= to; position++) {
    noteArrival(arrivals, position, position * 1_000);
  }
  return arrivals;
}

describe('the beginning of a stretch', () => {
  it.each([
    [1, 300, 1, 300],
    [1, 300, 50, 251],
    [1, 300, 1_000, 173],
    [1, 5, 50, 1],
    [1, 5, 0, 5],
    [9_001, 9_010, 50, 9_001],
  ])('of positions %d to %d, %d long, is position %d', (from, to, count, fromPosition) => {
    expect(stretchStart(arrived(from, to), count)).toEqual({ fromPosition, fromMs: fromPosition * 1_000 });
  });
});
