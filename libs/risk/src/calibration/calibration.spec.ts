import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dice } from '../../../../test/builders/dice.ts';
import {
  calibrated,
  calibrationTemperature,
  learnCalibration,
  loadCalibration,
  reliability,
  saveCalibration,
  startCalibration,
  type Reviewed,
} from './calibration.ts';
import { temper } from './temperature.ts';

/** Reviewed predictions of a model whose scores are right under a temperature. */
function reviewed(count: number, temperature: number, labels: number, seed: number): Reviewed[] {
  const random = dice(seed);
  return Array.from({ length: count }, () => {
    const scores = temper(
      Array.from({ length: labels }, () => random() ** 4 + 1e-4),
      1 / 2,
    );
    const right = temper(scores, temperature);
    let left = random();
    const truth = right.findIndex((probability) => (left -= probability) < 0);
    return { scores, answer: scores.indexOf(Math.max(...scores)), truth: Math.max(0, truth), probability: 1 };
  });
}

function learnt(rows: readonly Reviewed[]) {
  const calibration = startCalibration();
  rows.forEach((row) => learnCalibration(calibration, row));
  return calibration;
}

describe('the calibration of a model', () => {
  it.each([
    [0.5, 3],
    [1, 10],
    [1.7, 10],
    [3, 2],
  ])('finds the temperature %d among %i labels', (temperature, labels) => {
    const found = calibrationTemperature(learnt(reviewed(3_000, temperature, labels, 3)));
    expect(Math.abs(Math.log(found / temperature))).toBeLessThan(0.12);
  });

  it('stays near 1 with few answers', () => {
    expect(calibrationTemperature(startCalibration())).toBe(1);
    expect(Math.abs(Math.log(calibrationTemperature(learnt(reviewed(5, 3, 2, 4)))))).toBeLessThan(0.35);
  });

  it('is not bent far by some wrong answers', () => {
    const rows = reviewed(3_000, 1.5, 10, 5).map((row, index) =>
      index % 50 === 0 ? { ...row, truth: index % 10 } : row,
    );
    expect(Math.abs(Math.log(calibrationTemperature(learnt(rows)) / 1.5))).toBeLessThan(0.25);
  });

  it('weighs what was seldom drawn accordingly', () => {
    const rows = reviewed(6_000, 2, 5, 6);
    const random = dice(7);
    const unsure = (row: Reviewed) => Math.max(...row.scores) < 0.6;
    const drawn = rows.flatMap((row) => {
      const probability = unsure(row) ? 1 : 0.2;
      return random() < probability ? [{ ...row, probability }] : [];
    });
    expect(Math.abs(Math.log(calibrationTemperature(learnt(drawn)) / 2))).toBeLessThan(0.15);
  });

  it('makes probabilities of scores, in the same order', () => {
    const scores = fc.array(fc.double(), { minLength: 1, maxLength: 12 });
    const calibration = learnt(reviewed(500, 2, 4, 8));
    fc.assert(
      fc.property(scores, (given) => {
        const made = calibrated(calibration, given);
        expect(made.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 9);
        expect(made.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
        if (given.every((score) => score >= 0 && score <= 1)) {
          given.forEach((score, index) => expect(score > given[0]! && made[index]! < made[0]!).toBe(false));
        }
      }),
    );
  });

  it('tells how often the model is right where it is how sure', () => {
    const bins = reliability(learnt(reviewed(4_000, 1, 3, 9)));
    const total = bins.reduce((sum, { answers }) => sum + answers, 0);
    expect(total).toBe(4_000);
    for (const { from, to, answers, confidence, right, low, high } of bins) {
      if (answers > 0) {
        expect(confidence! >= from && confidence! <= to && low <= right! && right! <= high).toBe(true);
        expect(low <= confidence! && confidence! <= high).toBe(true);
      }
    }
  });

  it('takes anything, goes on when saved and loaded, and is 4 KB at most', () => {
    const any = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, 1e308, -1));
    const row = fc.record({ scores: fc.array(any, { maxLength: 5 }), answer: any, truth: any, probability: any });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const kept = learnt(rows);
        const saved = saveCalibration(kept);
        expect(loadCalibration(saved)).toEqual(kept);
        expect(saved.length).toBeLessThan(4_096);
        expect(calibrationTemperature(kept)).toBeGreaterThan(0);
      }),
    );
    expect(() => loadCalibration('{"version":0}')).toThrow('has version 0');
  });
});
