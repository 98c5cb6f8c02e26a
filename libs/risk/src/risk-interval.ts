import { logBeta } from './log-beta.ts';

/** An interval of rates, each in [0, 1]. */
export interface RateInterval {
  readonly low: number;
  readonly high: number;
}

/** The rates are mixed with a beta distribution of these two parameters: even in the middle, keener towards 0 and 1. */
const prior = 0.5;

/**
 * The error rates that the answers so far do not speak against. For a constant rate, the true one is in the interval at
 * all times together with a chance of 1 - delta at least, however often one looks and whenever one stops: the likelihood of
 * the answers mixed over all rates, over their likelihood at the true one, is a martingale from 1.
 *
 * @param errors in [0, answers]; need not be whole
 * @param answers 0 or more
 * @param delta the chance that it is ever wrong, in (0, 1)
 * @see Robbins, Statistical methods related to the law of the iterated logarithm (1970)
 */
export function riskInterval(errors: number, answers: number, delta: number): RateInterval {
  if (!(answers > 0) || !(errors >= 0) || !Number.isFinite(answers)) {
    return { low: 0, high: 1 };
  }
  const wrong = Math.min(errors, answers);
  const right = answers - wrong;
  const mixed = logBeta(prior + wrong, prior + right) - logBeta(prior, prior);
  const limit = Math.log(1 / delta);
  const isKept = (rate: number) => mixed - logLikelihood(wrong, right, rate) < limit;
  const middle = wrong / answers;
  return {
    low: wrong === 0 ? 0 : edge(middle, 0, isKept),
    high: right === 0 ? 1 : edge(middle, 1, isKept),
  };
}

function logLikelihood(wrong: number, right: number, rate: number): number {
  return (wrong === 0 ? 0 : wrong * Math.log(rate)) + (right === 0 ? 0 : right * Math.log1p(-rate));
}

/** The last rate on the way outwards that is kept: the likelihood falls away from the middle on both sides. */
function edge(middle: number, end: number, isKept: (rate: number) => boolean): number {
  let inside = middle;
  let outside = end;
  for (let step = 0; step < 60; step++) {
    const half = (inside + outside) / 2;
    if (isKept(half)) {
      inside = half;
    } else {
      outside = half;
    }
  }
  return outside;
}
