import type { Estimate } from '@watchfloor/contracts';

/** Sums over answers, each weighted with one over the chance with which its prediction was drawn. */
export interface WeightedErrors {
  answers: number;
  errors: number;
  weight: number;
  weightSquared: number;
  errorWeight: number;
}

export function noErrors(): WeightedErrors {
  return { answers: 0, errors: 0, weight: 0, weightSquared: 0, errorWeight: 0 };
}

/** @param probability in (0, 1]; an answer without one says nothing of the others, and is left out */
export function addAnswer(sums: WeightedErrors, probability: number, isError: boolean): void {
  if (!(probability > 0)) {
    return;
  }
  const weight = 1 / Math.min(1, probability);
  sums.answers++;
  sums.weight += weight;
  sums.weightSquared += weight * weight;
  if (isError) {
    sums.errors++;
    sums.errorWeight += weight;
  }
}

/** The standard normal's 95th percentile: five in a hundred lie on either side of the interval. */
const z = 1.6448536;

/**
 * The error rate of all from which the answers were drawn, with the score interval at 90 % for as many equally weighted answers
 * as these are worth. It is meant for one look at one window; it is no certificate.
 *
 * @see Hájek (1971), on ratio estimates of samples with unequal chances; Kish, Survey Sampling (1965), on effective sample
 *   sizes; Wilson, Probable inference, the law of succession, and statistical inference (1927)
 */
export function estimate({ answers, errors, weight, weightSquared, errorWeight }: WeightedErrors): Estimate {
  if (answers === 0) {
    return { rate: null, low: 0, high: 1, answers, errors };
  }
  const rate = errorWeight / weight;
  const effective = (weight * weight) / weightSquared;
  const spread = (z * z) / effective;
  const middle = (rate + spread / 2) / (1 + spread);
  const half = (z / (1 + spread)) * Math.sqrt((rate * (1 - rate)) / effective + spread / (4 * effective));
  return {
    rate,
    // Rounding must not move the rate itself out of its interval.
    low: errors === 0 ? 0 : Math.max(0, Math.min(rate, middle - half)),
    high: errors === answers ? 1 : Math.min(1, Math.max(rate, middle + half)),
    answers,
    errors,
  };
}
