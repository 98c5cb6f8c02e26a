import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { niceTop } from './nice-top.ts';

describe('the top of an axis', () => {
  it.each([
    [0, 1.2],
    [0.043, 0.06],
    [1, 1.2],
    [2.2, 2.4],
    [41, 60],
    [8.1, 12],
    [1_000, 1_200],
  ])('for %d is %d', (value, top) => {
    expect(niceTop(value)).toBeCloseTo(top, 10);
  });

  it('is never below the value, and never twice as high', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (value) => {
        expect(niceTop(value)).toBeGreaterThanOrEqual(value * 0.999);
        expect(niceTop(value)).toBeLessThanOrEqual(value * 2);
      }),
    );
  });
});
