import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawFrom } from './murmur-hash.ts';
import { countBelowBin, noHistory, rankAndAdd } from './rank-history.ts';

describe('a history of ranks', () => {
  it('counts what lies below, and places a value within its bin by the draw', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), fc.nat(30), (bins, bin) => {
        const history = noHistory(31);
        bins.forEach((earlier) => rankAndAdd(history, earlier, 0.5));
        const below = bins.filter((earlier) => earlier < bin).length;
        const equal = bins.filter((earlier) => earlier === bin).length;
        expect(countBelowBin(history, bin)).toBe(below);
        expect(rankAndAdd(history, bin, 0.25)).toBeCloseTo((below + 0.25 * (equal + 1)) / (bins.length + 1), 12);
        expect(history.count).toBe(bins.length + 1);
      }),
    );
  });

  it('gives uniform ranks even where all values share a bin or two', () => {
    const history = noHistory(10);
    const tenths = new Array<number>(10).fill(0);
    for (let index = 0; index < 20_000; index++) {
      const bin = drawFrom(index, 1) < 0.9 ? 3 : 7;
      tenths[Math.floor(rankAndAdd(history, bin, drawFrom(index, 2)) * 10)]! += 1;
    }
    expect(Math.min(...tenths)).toBeGreaterThan(1_800);
    expect(Math.max(...tenths)).toBeLessThan(2_200);
  });
});
