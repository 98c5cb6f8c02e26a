import { answer, arrive, lookPlan, startRiskControl, type RiskSettings } from '@watchfloor/risk';
import { dice } from '../../builders/dice.ts';

/** A prediction of a recorded stream, and whether it was wrong. */
export interface KnownPrediction {
  readonly confidence: number;
  readonly isError: boolean;
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
export function playReleased(predictions: readonly KnownPrediction[], settings: RiskSettings, seed: number): Released {
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
export function playFixed(predictions: readonly KnownPrediction[], target: number, first: number): Released {
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
