import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { answer, arrive, lookPlan, startRiskControl, type RiskSettings } from '@watchfloor/risk';
import { dice } from '../../builders/dice.ts';

/** A prediction of whether the price goes up, made before the answer was known. */
export interface PricePrediction {
  readonly confidence: number;
  readonly isError: boolean;
}

/**
 * The predictions of a logistic regression on the Australian electricity market (Harries 1999), half-hourly, that learns
 * from each row after predicting it, and from none after so many: then it decays as the market changes.
 *
 * @param freezeAfter Infinity for a model that never ceases to learn
 */
export function pricePredictions(data: string, freezeAfter: number, learningRate = 0.5): PricePrediction[] {
  const text = gunzipSync(readFileSync(join(data, 'elec2', 'elec_first30208.csv.gz'))).toString('utf8');
  const rows = parse(text, { from_line: 2, cast: Number }) as unknown as number[][];
  const weights = new Array<number>(7).fill(0);
  return rows.map((row, index) => {
    const features = [...row.slice(0, 6), 1];
    const truth = row[6] ?? 0;
    const sum = features.reduce((total, feature, at) => total + feature * (weights[at] ?? 0), 0);
    const rises = 1 / (1 + Math.exp(-sum));
    if (index < freezeAfter) {
      features.forEach((feature, at) => (weights[at] = (weights[at] ?? 0) + learningRate * (truth - rises) * feature));
    }
    return { confidence: Math.max(rises, 1 - rises), isError: rises >= 0.5 !== (truth === 1) };
  });
}

export interface Released {
  /** The share of all that was released and not looked at. */
  readonly share: number;
  /** Their error rate. */
  readonly rate: number;
  /** The error rate of the worst thousand in a row. */
  readonly worst: number;
  readonly revoked: number;
}

/** Plays the predictions under control of their risk. */
export function playPrices(predictions: readonly PricePrediction[], settings: RiskSettings, seed: number): Released {
  const random = dice(seed);
  const control = startRiskControl(settings);
  const released: boolean[] = [];
  let revoked = 0;
  for (const { confidence, isError } of predictions) {
    const plan = lookPlan(control, settings);
    const isReleased = plan.certified !== null && confidence >= plan.certified;
    const probability = isReleased ? plan.probabilityAbove : plan.probabilityBelow;
    const isDrawn = random() < probability;
    const ticket = arrive(control, { confidence, probability, least: plan.least, isDrawn, isReleased });
    if (isReleased && !isDrawn) {
      released.push(isError);
    }
    if (ticket !== null) {
      revoked += answer(control, settings, ticket, isError).filter(({ kind }) => kind === 'revoked').length;
    }
  }
  return { ...ratesOf(released, predictions.length), revoked };
}

/** The fixed threshold that kept the target on the first rows, and is never looked at again. */
export function playFixed(predictions: readonly PricePrediction[], target: number, first: number): Released {
  const falling = predictions.slice(0, first).toSorted((a, b) => b.confidence - a.confidence);
  let errors = 0;
  let threshold = Infinity;
  falling.forEach(({ confidence, isError }, index) => {
    errors += isError ? 1 : 0;
    threshold = errors <= target * (index + 1) ? confidence : threshold;
  });
  const released = predictions.slice(first).filter(({ confidence }) => confidence >= threshold);
  return {
    ...ratesOf(
      released.map(({ isError }) => isError),
      predictions.length,
    ),
    revoked: 0,
  };
}

function ratesOf(released: readonly boolean[], all: number): Omit<Released, 'revoked'> {
  const errors = released.filter(Boolean).length;
  const window = Math.min(1_000, released.length);
  let inside = 0;
  let worst = 0;
  released.forEach((isError, index) => {
    inside += (isError ? 1 : 0) - (index >= window && released[index - window] === true ? 1 : 0);
    worst = index >= window - 1 ? Math.max(worst, inside) : worst;
  });
  return {
    share: released.length / all,
    rate: released.length === 0 ? 0 : errors / released.length,
    worst: window === 0 ? 0 : worst / window,
  };
}
