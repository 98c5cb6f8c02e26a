import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dice } from '../../../../test/builders/dice.ts';
import { temper } from '../calibration/temperature.ts';
import {
  confusionOf,
  fuse,
  learnLooks,
  loadReviewers,
  saveReviewers,
  startReviewers,
  suggestion,
  worthOfLook,
} from './reviewer-model.ts';

const labels = ['cat', 'dog', 'deer'];

/** People who take dogs for deer now and then, and a model of some skill; who of them is right is not told. */
const people = [
  [0.96, 0.02, 0.02],
  [0.02, 0.78, 0.2],
  [0.02, 0.03, 0.95],
];

function pick(probabilities: readonly number[], random: () => number): number {
  let left = random();
  return Math.max(
    0,
    probabilities.findIndex((probability) => (left -= probability) < 0),
  );
}

function played(count: number, seed: number, skill: number, confusion = people) {
  const random = dice(seed);
  const model = startReviewers(labels);
  for (let index = 0; index < count; index++) {
    // The model's scores are calibrated by construction: the truth is drawn from them.
    const scores = temper(
      Array.from({ length: 3 }, () => random() ** skill + 1e-3),
      1 / 2,
    );
    const truth = pick(scores, random);
    learnLooks(model, scores, [pick(confusion[truth]!, random), pick(confusion[truth]!, random)]);
  }
  return model;
}

describe('what double reviews say of reviewers', () => {
  it('finds whom they take for whom, without being told the truth', () => {
    const found = confusionOf(played(3_000, 1, 4));
    found.forEach((row, truth) =>
      row.forEach((probability, look) => expect(Math.abs(probability - people[truth]![look]!)).toBeLessThan(0.05)),
    );
  });

  it('trusts people before it knows them', () => {
    const rows = confusionOf(startReviewers(labels));
    rows.forEach((row, truth) => {
      expect(row.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1);
      expect(row[truth]).toBeGreaterThan(0.9);
    });
  });

  it('suggests what the model and the person together make likelier, once that has been shown to help', () => {
    const known = played(3_000, 2, 6);
    expect(suggestion(known, [0.02, 0.96, 0.02], 2)).toMatchObject({ label: 'dog' });
    expect(suggestion(known, [0.02, 0.96, 0.02], 1)).toBeNull();
    expect(suggestion(known, [0.4, 0.3, 0.3], 2)).toBeNull();
    expect(suggestion(startReviewers(labels), [0.001, 0.998, 0.001], 2)).toBeNull();
  });

  it('seldom suggests anything where the model knows nothing', () => {
    const shown = Array.from({ length: 40 }, (_, seed) => {
      const random = dice(seed);
      const model = startReviewers(labels);
      for (let index = 0; index < 400; index++) {
        const guess = Math.floor(random() * 3);
        const scores = labels.map((_, place) => (place === guess ? 0.998 : 0.001));
        const truth = Math.floor(random() * 3);
        learnLooks(model, scores, [pick(people[truth]!, random), pick(people[truth]!, random)]);
      }
      return suggestion(model, [0.001, 0.998, 0.001], 2) !== null;
    });
    expect(shown.filter(Boolean).length).toBeLessThanOrEqual(4);
  });

  it('values a look more where the model is unsure, and less after one has agreed', () => {
    const model = startReviewers(labels);
    const unsure = worthOfLook(model, [0.5, 0.45, 0.05], []);
    expect(unsure).toBeGreaterThan(worthOfLook(model, [0.95, 0.04, 0.01], []));
    expect(unsure).toBeGreaterThan(worthOfLook(model, [0.5, 0.45, 0.05], [0]));
    expect(worthOfLook(model, [1, 0, 0], [])).toBeCloseTo(0, 6);
  });

  it('does nothing for one label, or for too many', () => {
    for (const count of [0, 1, 21]) {
      const model = startReviewers(Array.from({ length: count }, (_, index) => `label ${index}`));
      learnLooks(model, [1], [0, 0]);
      expect(suggestion(model, [1], 0)).toBeNull();
      expect(worthOfLook(model, [1], [])).toBe(0);
    }
  });

  it('takes anything, and goes on when saved and loaded', () => {
    const any = fc.oneof(fc.double(), fc.integer({ min: -1, max: 3 }), fc.constantFrom(NaN, Infinity, 1e308));
    const row = fc.record({ scores: fc.array(any, { maxLength: 5 }), looks: fc.array(any, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), row, (rows, { scores, looks }) => {
        const model = startReviewers(labels);
        rows.forEach((one) => learnLooks(model, one.scores, one.looks));
        expect(loadReviewers(saveReviewers(model))).toEqual(model);
        expect(fuse(model, scores, looks).reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 9);
        expect(Number.isFinite(worthOfLook(model, scores, looks))).toBe(true);
      }),
    );
  });

  it('takes 12 KB at most', () => {
    const many = startReviewers(Array.from({ length: 20 }, (_, index) => `label ${index}`));
    const random = dice(5);
    for (let index = 0; index < 30_000; index++) {
      learnLooks(many, Array.from({ length: 20 }, random), [Math.floor(random() * 20)]);
    }
    expect(saveReviewers(many).length).toBeLessThan(12_288);
  });
});
