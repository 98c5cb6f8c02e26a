import { describe, expect, it } from '@jest/globals';
import { signalKinds } from '@watchfloor/contracts';
import fc from 'fast-check';
import { scaleOf } from './signal-scale.ts';

describe('the scale of a signal', () => {
  it('draws probabilities from 0 to 1, and says on which side it is odd', () => {
    expect(scaleOf({ kind: 'low-confidence', score: 0.58, threshold: 0.62 })).toEqual({
      low: 0,
      high: 1,
      observed: 0.58,
      threshold: 0.62,
      odd: { from: 0, to: 0.62 },
      isLogarithmic: false,
    });
  });

  it('leaves air beyond the larger figure', () => {
    expect(scaleOf({ kind: 'burst', score: 200, threshold: 100 })).toMatchObject({
      high: 250,
      observed: 0.8,
      threshold: 0.4,
      odd: { from: 0.4, to: 1 },
    });
  });

  it('goes by logarithms where the figures lie far apart', () => {
    expect(scaleOf({ kind: 'label-shift', score: 1e6, threshold: 10 })).toMatchObject({ isLogarithmic: true });
  });

  it.each([
    ['rule', 1, 1],
    ['audit-sample', 0.004, 0.01],
    ['burst', 0, 0],
    ['silence', Number.POSITIVE_INFINITY, 60],
    ['confidence-shift', -1, 2],
  ] as const)('says nothing for %s with %d against %d', (kind, score, threshold) => {
    expect(scaleOf({ kind, score, threshold })).toBeNull();
  });

  it('keeps both marks on the line, in the order of their figures', () => {
    const finite = fc.double({ min: 0, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...signalKinds), finite, finite, (kind, score, threshold) => {
        const scale = scaleOf({ kind, score, threshold });
        if (scale !== null) {
          for (const place of [scale.observed, scale.threshold, scale.odd.from, scale.odd.to]) {
            expect(place >= 0 && place <= 1).toBe(true);
          }
          expect(Math.sign(scale.observed - scale.threshold) * Math.sign(score - threshold)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
