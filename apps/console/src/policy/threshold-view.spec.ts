import { describe, expect, it } from '@jest/globals';
import type { ConfidenceBin } from '@watchfloor/contracts';
import fc from 'fast-check';
import { thresholdView } from './threshold-view.ts';

const width = 0.1;
const aBin = (index: number, given: Partial<ConfidenceBin> = {}): ConfidenceBin => ({
  from: index * width,
  to: (index + 1) * width,
  predictions: 100,
  flaggedOtherwise: 10,
  answers: 20,
  errors: 2,
  weight: 20,
  weightSquared: 20,
  errorWeight: 2,
  ...given,
});
const bins = Array.from({ length: 10 }, (_, index) => aBin(index));

describe('what a threshold would have done', () => {
  it('flags what is below it, and what something else flags', () => {
    expect(thresholdView(bins, 0.3)).toMatchObject({ flagged: 300 + 70, passed: 630 });
  });

  it('expects errors among the passed at the rate of their answers', () => {
    expect(thresholdView(bins, 0.3).errors?.expected).toBeCloseTo(63);
  });

  it('says nothing of errors without answers', () => {
    const silent = bins.map((bin) => ({ ...bin, answers: 0, errors: 0, weight: 0, weightSquared: 0, errorWeight: 0 }));
    expect(thresholdView(silent, 0.3).errors).toBeNull();
  });

  it('gives the interval of Wilson where all weigh the same', () => {
    // 10 errors of 100, 90 %: 0.0607 to 0.1603 (Wilson 1927, by the closed form).
    const one = [
      aBin(9, { predictions: 1_000, flaggedOtherwise: 0, weight: 100, weightSquared: 100, errorWeight: 10 }),
    ];
    const { low = 0, high = 0 } = thresholdView(one, 0).errors ?? {};
    expect(low / 1_000).toBeCloseTo(0.0607, 3);
    expect(high / 1_000).toBeCloseTo(0.1603, 3);
  });

  it('passes no more the higher it is, and its interval holds what is expected', () => {
    const weights = fc.record({
      predictions: fc.integer({ min: 10, max: 10_000 }),
      flaggedOtherwise: fc.integer({ min: 0, max: 10 }),
      weight: fc.double({ min: 1, max: 1e4, noNaN: true }),
      errorShare: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(weights, { minLength: 10, maxLength: 10 }), (given) => {
        const some = given.map(({ weight, errorShare, ...rest }, index) =>
          aBin(index, { ...rest, weight, weightSquared: weight * 2, errorWeight: weight * errorShare }),
        );
        let before = Infinity;
        for (let step = 0; step <= 10; step += 1) {
          const { passed, errors } = thresholdView(some, step / 10);
          expect(passed).toBeLessThanOrEqual(before);
          before = passed;
          if (errors === null) continue;
          expect(errors.low).toBeLessThanOrEqual(errors.expected + 1e-9);
          expect(errors.high).toBeGreaterThanOrEqual(errors.expected - 1e-9);
        }
      }),
    );
  });
});
