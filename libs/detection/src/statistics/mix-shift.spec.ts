import { describe, expect, it } from '@jest/globals';
import { fixKinds, isLearningMix, mixChange, noMixShift, unfixKinds, watchKind } from './mix-shift.ts';
import { drawFrom } from './murmur-hash.ts';

const thirds = [1 / 3, 1 / 3, 1 / 3];

/** Steps at which the evidence reached a height, beginning anew after each. */
function alarms(kindAt: (step: number) => number, shares: readonly number[], steps: number, height: number): number[] {
  const shift = noMixShift(shares.length);
  fixKinds(shift, shares);
  const found: number[] = [];
  for (let step = 1; step <= steps; step++) {
    if (watchKind(shift, kindAt(step)) >= height) {
      found.push(step);
      fixKinds(shift, shares);
    }
  }
  return found;
}

describe('a shift of a mix', () => {
  it.each([[thirds], [[0.97, 0.02, 0.01]], [new Array<number>(20).fill(0.05)]])(
    'keeps its promise while the mix stays %j',
    (shares) => {
      const kindAt = (step: number) => {
        let rest = drawFrom(step, 21);
        const kind = shares.findIndex((share) => (rest -= share) < 0);
        return kind < 0 ? 0 : kind;
      };
      expect(alarms(kindAt, shares, 150_000, 1_000).length).toBeLessThanOrEqual(150);
    },
  );

  it('also where the first shares were badly wrong', () => {
    const kindAt = (step: number) => (drawFrom(step, 22) < 0.9 ? 0 : 2);
    expect(alarms(kindAt, [0.2, 0.6, 0.2], 100_000, 100_000)).toEqual([]);
  });

  it('finds a change, and tells the mix before and after', () => {
    const shift = noMixShift(3);
    fixKinds(shift, thirds);
    let step = 0;
    while (++step <= 2_000) {
      const kind = Math.floor(drawFrom(step, 23) * (step <= 1_000 ? 3 : 1.2));
      if (watchKind(shift, kind) >= 100_000) {
        break;
      }
    }
    expect(step).toBeLessThan(1_060);
    const { before, after, afterCount } = mixChange(shift);
    expect(Math.abs(step - afterCount - 1_000)).toBeLessThan(8);
    expect(before[0]).toBeCloseTo(1 / 3, 1);
    expect(after[0]).toBeGreaterThan(0.6);
    expect(before.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    expect(after.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  });

  it('says nothing for fifty steps, and is forgotten whole', () => {
    const shift = noMixShift(3);
    fixKinds(shift, thirds);
    for (let step = 1; step <= 50; step++) {
      expect(isLearningMix(shift)).toBe(true);
      expect(watchKind(shift, 0)).toBe(0);
    }
    expect(isLearningMix(shift)).toBe(false);
    unfixKinds(shift);
    shift.recent.fill(0);
    shift.derived.ratios.fill(0);
    expect(shift).toEqual(noMixShift(3));
  });
});
