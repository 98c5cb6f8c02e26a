import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dice } from '../../../test/builders/dice.ts';
import { logBeta } from './log-beta.ts';
import { riskInterval } from './risk-interval.ts';

describe('the interval of the risk', () => {
  it.each([
    [0.5, 0.5, Math.PI],
    [1, 1, 1],
    [2, 3, 1 / 12],
    [10, 4, 1 / 2860],
    [0.25, 0.75, Math.PI * Math.SQRT2],
  ])('rests on the beta function: B(%d, %d)', (a, b, value) => {
    expect(logBeta(a, b)).toBeCloseTo(Math.log(value), 11);
  });

  it('knows nothing without answers', () => {
    expect(riskInterval(0, 0, 0.1)).toEqual({ low: 0, high: 1 });
    expect(riskInterval(NaN, 10, 0.1)).toEqual({ low: 0, high: 1 });
    expect(riskInterval(1, Infinity, 0.1)).toEqual({ low: 0, high: 1 });
  });

  it('holds the rate of the answers, and grows narrower with more of them', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.double({ min: 0.001, max: 0.5, noNaN: true }), (wrong, right, delta) => {
        const answers = wrong + right;
        const { low, high } = riskInterval(wrong, answers, delta);
        const more = riskInterval(10 * wrong, 10 * answers, delta);
        expect(low).toBeLessThanOrEqual(answers === 0 ? 0 : wrong / answers);
        expect(high).toBeGreaterThanOrEqual(answers === 0 ? 1 : wrong / answers);
        expect(low >= 0 && high <= 1).toBe(true);
        expect(more.high - more.low).toBeLessThanOrEqual(high - low);
      }),
    );
  });

  it.each([0.005, 0.05, 0.3])('holds a risk of %d at all times, whenever one looks', (risk) => {
    const runs = 300;
    const delta = 0.1;
    let missed = 0;
    for (let run = 0; run < runs; run++) {
      const random = dice(run * 7 + 1);
      let errors = 0;
      for (let answers = 1; answers <= 600; answers++) {
        errors += random() < risk ? 1 : 0;
        if (answers < 20 || answers % 40 === 0) {
          const { low, high } = riskInterval(errors, answers, delta);
          if (risk < low || risk > high) {
            missed++;
            break;
          }
        }
      }
    }
    expect(missed / runs).toBeLessThanOrEqual(delta + 2 * Math.sqrt((delta * (1 - delta)) / runs));
  });
});
