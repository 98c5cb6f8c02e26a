/**
 * Four simple forecasts of the next value: the last one, the mean of the last four, the usual of this time of day and that
 * of this time of the week; and how far each has been off.
 */
export interface Forecasts {
  /** Mean distance of each forecast from what came. */
  readonly errors: Float32Array;
  /** Distances taken in, 255 at most. */
  readonly counts: Uint8Array;
  /** Mean size of the surprise: the distance of the value from the forecast that was best so far. */
  surprise: number;
  surprises: number;
}

/** A distance counts for at least this share of a mean. */
const leastShare = 0.01;

/** Fewer surprises make no usual size. */
const fewestSurprises = 20;

/** A surprise of more times the usual size is no stranger. */
const mostTimes = 1_000;

export function noForecasts(): Forecasts {
  return { errors: new Float32Array(4), counts: new Uint8Array(4), surprise: 0, surprises: 0 };
}

/**
 * Takes in a value, and gives what the best forecast so far had said of it.
 *
 * @param forecasts as made before the value was known, NaN for those that cannot be made; changed in place
 * @returns NaN when none of them has been tried before
 */
export function learnForecasts(forecasts: Forecasts, value: number, made: Float64Array): number {
  const { errors, counts } = forecasts;
  let best = NaN;
  let least = Infinity;
  for (let which = 0; which < made.length; which++) {
    const forecast = made[which] ?? NaN;
    if (Number.isNaN(forecast)) {
      continue;
    }
    const error = errors[which] ?? 0;
    const count = Math.min(255, (counts[which] ?? 0) + 1);
    if (count > 1 && error < least) {
      least = error;
      best = forecast;
    }
    counts[which] = count;
    errors[which] = error + (Math.abs(value - forecast) - error) * Math.max(1 / count, leastShare);
  }
  return best;
}

/**
 * Takes in a surprise.
 *
 * @param surprise value less forecast; NaN for no forecast
 * @returns the surprise in units of the usual one, at most 1,000 either way; NaN while that is not known, or none
 */
export function learnSurprise(forecasts: Forecasts, surprise: number): number {
  if (Number.isNaN(surprise)) {
    return NaN;
  }
  const isKnown = forecasts.surprises >= fewestSurprises && forecasts.surprise > 0;
  const relative = isKnown ? atMost(surprise / forecasts.surprise, mostTimes) : NaN;
  forecasts.surprises++;
  forecasts.surprise += (Math.abs(surprise) - forecasts.surprise) * Math.max(1 / forecasts.surprises, leastShare);
  return relative;
}

function atMost(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}
