import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { forecast, forgetMix, learnCell, noMix } from './forgetting-mix.ts';

const keep = 2 ** (-1 / 20);

describe('a forgetting mix', () => {
  it('forecasts a distribution, whatever came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4)), (cells) => {
        const mix = noMix(5);
        cells.forEach((cell) => learnCell(mix, cell, keep));
        const sum = [0, 1, 2, 3, 4].reduce((total, cell) => total + forecast(mix, cell, 0.2, 2.5), 0);
        expect(sum).toBeCloseTo(1, 9);
      }),
    );
  });

  it('gives half the weight to what lies a half-life back', () => {
    const mix = noMix(2);
    learnCell(mix, 0, keep);
    for (let step = 0; step < 20; step++) {
      learnCell(mix, 1, keep);
    }
    expect(mix.weights[0]).toBeCloseTo(0.5, 6);
  });

  it('runs on for ever', () => {
    const mix = noMix(3);
    for (let step = 0; step < 1_000_000; step++) {
      learnCell(mix, step % 10 === 0 ? 2 : 1, keep);
    }
    expect(forecast(mix, 1, 1 / 3, 1.5)).toBeGreaterThan(0.8);
    expect(forecast(mix, 0, 1 / 3, 1.5)).toBeLessThan(0.03);
    expect(mix.weights.every(Number.isFinite)).toBe(true);
  });

  it('forgets all of it on demand', () => {
    const mix = noMix(2);
    learnCell(mix, 1, keep);
    forgetMix(mix);
    expect(mix).toEqual(noMix(2));
  });
});
