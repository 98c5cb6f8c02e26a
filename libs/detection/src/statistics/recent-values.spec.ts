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

const code = fc.oneof(fc.nat(65_535), fc.constantFrom(0, 30_000, 65_535));
const values = fc.array(code, { maxLength: 1_200 });

describe('recent values', () => {
  it('are the last ones, in order', () => {
    fc.assert(
      fc.property(values, code, (all, probe) => {
        const recent = noValues();
        all.forEach((value) => addValue(recent, value));
        const last = all.slice(-recentCount);
        expect(valueCount(recent)).toBe(last.length);

        const sorted = last.toSorted((a, b) => a - b);
        expect(sorted.every((value, rank) => value === valueAt(recent, rank))).toBe(true);

        for (const value of [probe, last[0] ?? 0]) {
          expect(countBelow(recent, value)).toBe(last.filter((other) => other < value).length);
          expect(countUpTo(recent, value)).toBe(last.filter((other) => other <= value).length);
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
