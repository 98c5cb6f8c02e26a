import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addValue,
  countBelow,
  countUpTo,
  noValues,
  recentCount,
  sortAgain,
  valueAt,
  valueCount,
} from './recent-values.ts';

const values = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, 0.5, 1)), { maxLength: 1_200 });

describe('recent values', () => {
  it('are the last ones, in order', () => {
    fc.assert(
      fc.property(values, fc.double({ noNaN: true }), (all, probe) => {
        const recent = noValues();
        all.forEach((value) => addValue(recent, value));
        const last = all.slice(-recentCount).map(Math.fround);
        expect(valueCount(recent)).toBe(last.length);

        const sorted = last.toSorted((a, b) => a - b);
        expect(sorted.every((value, rank) => value === valueAt(recent, rank))).toBe(true);

        for (const value of [probe, last[0] ?? 0]) {
          expect(countBelow(recent, value)).toBe(last.filter((other) => other < Math.fround(value)).length);
          expect(countUpTo(recent, value)).toBe(last.filter((other) => other <= Math.fround(value)).length);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('find their order again after a load', () => {
    fc.assert(
      fc.property(values, (all) => {
        const recent = noValues();
        all.forEach((value) => addValue(recent, value));
        const loaded = { ...noValues(), ring: recent.ring.slice(), added: recent.added };
        sortAgain(loaded);
        const ranks = Array.from({ length: valueCount(recent) }, (_, rank) => rank);
        expect(ranks.every((rank) => valueAt(loaded, rank) === valueAt(recent, rank))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
