import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dice } from '../../../../test/builders/dice.ts';
import { gridSize } from './threshold-grid.ts';
import { giveBack, invest, isInvestmentDue, settleBets, startWealth, type WeightedAnswer } from './wealth.ts';

const unit = fc.double({ min: 0.001, max: 0.999, noNaN: true });

/** A kind of prediction: how common it is, how often the model is wrong on it, and how often it is drawn. */
const kinds = fc.array(fc.record({ weight: unit, risk: unit, draw: unit }), { minLength: 1, maxLength: 6 });

describe('the wealth of bets against a risk', () => {
  it('does not grow on average while the risk is at the target or above, whatever is drawn how often', () => {
    fc.assert(
      fc.property(kinds, unit, (parts, share) => {
        const all = parts.reduce((sum, { weight }) => sum + weight, 0);
        const risk = parts.reduce((sum, { weight, risk }) => sum + (weight / all) * risk, 0);
        const target = Math.max(0.001, risk * share);
        const least = Math.min(...parts.map(({ draw }) => draw));
        const mean = parts.reduce((sum, { weight, risk, draw }) => {
          const answer = { place: 0, probability: draw, least };
          const drawn = risk * after(answer, true, target) + (1 - risk) * after(answer, false, target);
          return sum + (weight / all) * (draw * drawn + (1 - draw));
        }, 0);
        expect(mean).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('stays at 1 on average at the very target, and reaches 10 in one run of ten at most', () => {
    const runs = 2_000;
    const random = dice(1);
    const target = 0.05;
    const last = gridSize - 1;
    const ends: number[] = [];
    let reached = 0;
    for (let run = 0; run < runs; run++) {
      const wealth = startWealth();
      for (let step = 0; step < 300; step++) {
        const isCertain = random() < 0.5;
        const probability = isCertain ? 1 : 0.2;
        // The sure half is never drawn less than fully and errs less; together they err at the target.
        const isError = random() < (isCertain ? 0.02 : 0.08);
        if (random() < probability) {
          settleBets(wealth, { place: last, probability, least: 0.2 }, isError, target);
          if (wealth.settled === 100) {
            invest(wealth);
          }
        }
      }
      ends.push(wealth.reserve + meanOf(wealth.won.slice(-8)));
      reached += wealth.peak[last]! >= 10 ? 1 : 0;
    }
    const mean = meanOf(ends);
    const standardError = Math.sqrt(meanOf(ends.map((end) => (end - mean) ** 2)) / runs);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * standardError);
    expect(reached / runs).toBeLessThan(0.1 + 2 * Math.sqrt((0.1 * 0.9) / runs));
  });

  it('grows where the risk is below the target', () => {
    const wealth = startWealth();
    for (let step = 0; step < 200; step++) {
      settleBets(wealth, { place: 3, probability: 1, least: 1 }, false, 0.05);
    }
    expect(wealth.peak.slice(0, 3)).toEqual([1, 1, 1]);
    expect(Math.min(...wealth.peak.slice(3))).toBeGreaterThan(100);
  });

  it('gives back exactly what was taken', () => {
    fc.assert(
      fc.property(unit, unit, unit, fc.nat(gridSize), (target, probability, share, place) => {
        const answer = { place, probability, least: probability * share };
        const [charged, fine] = [startWealth(), startWealth()];
        settleBets(charged, answer, true, target);
        giveBack(charged, answer, target);
        settleBets(fine, answer, false, target);
        charged.won.forEach((won, index) => expect(won).toBeCloseTo(fine.won[index]!, 9));
      }),
    );
  });

  it('recovers from a bad stretch by what was kept back', () => {
    const wealth = startWealth();
    const all = Array.from({ length: 2_500 }, (_, step) => step >= 300 && step < 500 && step % 2 === 0);
    for (const isError of all) {
      settleBets(wealth, { place: 0, probability: 1, least: 1 }, isError, 0.02);
      if (isInvestmentDue(wealth)) {
        invest(wealth);
      }
    }
    expect(wealth.peak[0]).toBeGreaterThan(1_000);
  });

  it('puts in half of what is left, after 500 answers and each time twice as many', () => {
    const wealth = startWealth();
    const due: number[] = [];
    for (let step = 1; step <= 5_000; step++) {
      settleBets(wealth, { place: gridSize, probability: 1, least: 1 }, false, 0.02);
      if (isInvestmentDue(wealth)) {
        due.push(step);
        invest(wealth);
      }
    }
    expect(due).toEqual([500, 1_000, 2_000, 4_000]);
    expect(wealth.reserve).toBeCloseTo(0.0125);
    expect(wealth.won[0]! + wealth.reserve).toBeCloseTo(1);
  });

  it('stays finite', () => {
    const wealth = startWealth();
    for (let step = 0; step < 20_000; step++) {
      settleBets(wealth, { place: 0, probability: 1, least: 1 }, false, 0.5);
    }
    expect(wealth.won.every(Number.isFinite)).toBe(true);
  });
});

/** The mean wealth after one answer. */
function after(answer: WeightedAnswer, isError: boolean, target: number): number {
  const wealth = startWealth();
  settleBets(wealth, answer, isError, target);
  return wealth.reserve + meanOf(wealth.won.slice(0, 8));
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
