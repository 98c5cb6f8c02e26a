import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lowestCertified, standings } from './chains.ts';
import { gridSize } from './threshold-grid.ts';

const delta = 0.1;
const peaks = (over: Record<number, number>) => Array.from({ length: gridSize }, (_, place) => over[place] ?? 1);

describe('the chains of certificates', () => {
  it('begin at coverages of .1, .3, .5, .7 and .9, all together with delta', () => {
    const starts = standings(peaks({}), delta).flatMap(({ needed }, place) => (needed < Infinity ? [place] : []));
    expect(starts).toEqual([1, 5, 9, 13, 17]);
    expect(standings(peaks({}), delta)[1]?.needed).toBeCloseTo(100);
    expect(standings(peaks({}), delta)[5]?.needed).toBeCloseTo(1 / 0.0225);
  });

  it('go on from what they have certified, and add up where they meet', () => {
    const stand = standings(peaks({ 5: 45, 6: 50, 7: 45, 8: 60, 9: 25 }), delta);
    expect(stand.map(({ isCertified }) => isCertified).lastIndexOf(true)).toBe(9);
    expect(stand[9]?.needed).toBeCloseTo(1 / 0.045);
    expect(stand[10]?.needed).toBeCloseTo(1 / 0.045);
  });

  it('do not jump over what is not certified', () => {
    expect(lowestCertified(peaks({ 5: 45, 7: 1_000, 8: 1_000 }), delta)).toBe(5);
  });

  it('let a chain with a lower start go ahead of one that is stuck', () => {
    expect(lowestCertified(peaks({ 13: 45 }), delta)).toBe(13);
  });

  it('never certify falsely with a wealth below one over delta on all that is false', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ isFalse: fc.boolean(), wealth: fc.double({ min: 1, max: 1e4, noNaN: true }) }), {
          minLength: gridSize,
          maxLength: gridSize,
        }),
        (thresholds) => {
          const capped = thresholds.map(({ isFalse, wealth }) =>
            isFalse ? Math.min(wealth, 1 / delta - 0.01) : wealth,
          );
          const certified = standings(capped, delta).map(({ isCertified }) => isCertified);
          expect(thresholds.some(({ isFalse }, place) => isFalse && certified[place])).toBe(false);
        },
      ),
    );
  });

  it('give false thresholds no more than delta in all before one is certified falsely', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: gridSize, maxLength: gridSize }), (isFalse) => {
        // All that is true is certified at once; what then stands at the false ones is all that can be lost.
        const stand = standings(
          isFalse.map((one) => (one ? 1 : 1e9)),
          delta,
        );
        const spent = stand.reduce((sum, { needed }, place) => sum + (isFalse[place] ? 1 / needed : 0), 0);
        expect(spent).toBeLessThanOrEqual(delta + 1e-12);
      }),
    );
  });

  it('only ever gain with more wealth', () => {
    const wealths = fc.array(fc.double({ min: 1, max: 100, noNaN: true }), {
      minLength: gridSize,
      maxLength: gridSize,
    });
    fc.assert(
      fc.property(wealths, fc.nat(gridSize - 1), (peak, place) => {
        const more = peak.map((wealth, index) => (index === place ? wealth * 3 : wealth));
        const [before, after] = [standings(peak, delta), standings(more, delta)];
        expect(before.every(({ isCertified }, index) => !isCertified || after[index]?.isCertified)).toBe(true);
      }),
    );
  });
});
