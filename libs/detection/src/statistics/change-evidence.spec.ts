import { describe, expect, it } from '@jest/globals';
import { forgetEvidence, likeliestLength, noEvidence, weigh } from './change-evidence.ts';
import { drawFrom } from './murmur-hash.ts';

describe('the evidence for a change', () => {
  it('sums the odds of every possible beginning', () => {
    const evidence = noEvidence(1);
    expect(weigh(evidence, Float64Array.of(2))).toBe(2);
    expect(weigh(evidence, Float64Array.of(3))).toBe(2 * 3 + 3);
    expect(weigh(evidence, Float64Array.of(0.5))).toBe(9 / 2 + 0.5);
    forgetEvidence(evidence);
    expect(evidence).toEqual(noEvidence(1));
  });

  it('averages its forecasters', () => {
    expect(weigh(noEvidence(2), Float64Array.of(1, 3))).toBe(2);
  });

  it('keeps its promise for a forecaster that bets on a fair coin', () => {
    const evidence = noEvidence(1);
    let alarms = 0;
    for (let step = 1; step <= 200_000; step++) {
      const ratio = drawFrom(step, 3) < 0.5 ? 1.4 : 0.6;
      if (weigh(evidence, Float64Array.of(ratio)) >= 1_000) {
        alarms++;
        forgetEvidence(evidence);
      }
    }
    expect(alarms).toBeGreaterThan(20);
    expect(alarms).toBeLessThanOrEqual(200);
  });
});

describe('the likeliest length of a change', () => {
  it.each([12, 40, 100])('is found within a few values of %d', (length) => {
    const estimates = Array.from({ length: 101 }, (_, run) => {
      const cellBack = (back: number) => Math.floor(drawFrom(run * 1_000 + back, 5) * (back <= length ? 2 : 5));
      return likeliestLength(cellBack, [0.2, 0.2, 0.2, 0.2, 0.2], 1_000);
    }).toSorted((a, b) => a - b);
    expect(Math.abs(estimates[50]! - length)).toBeLessThanOrEqual(1);
    expect(estimates[10]!).toBeGreaterThan(length * 0.6);
  });

  it('never looks back further than there is anything to see', () => {
    expect(likeliestLength(() => 0, [0.5, 0.5], 3)).toBe(3);
    expect(likeliestLength(() => 0, [0.5, 0.5], 60)).toBe(60);
    expect(likeliestLength(() => 0, [0.5, 0.5], 10_000)).toBe(128);
  });
});
