/**
 * The highest and lowest that each of several figures has been. A figure that leaves them sets a record; how far it leaves
 * them, measured in the distance between them, says how odd that is, whatever the unit or the distribution.
 */
export interface FadingRecords {
  readonly highs: Float32Array;
  readonly lows: Float32Array;
  /** Slow means, towards which the records fade. */
  readonly means: Float32Array;
  /** Values taken in, 65,535 at most. */
  readonly counts: Uint16Array;
}

/** So many values only set the range. */
export const rangeCount = 150;

/** How far the records move towards the slow mean with each value: half of the way in about 23,000. */
const fade = 3e-5;

const meanShare = 1e-3;

/** An excess of this share of the range is half of the strongest evidence. */
const halfExcess = 0.05;

/** Past the start a record widens the range by a quarter at most: one outlier is not yet a habit, and must not hide the next. */
const mostWidening = 0.25;

/** After so many values a record has the weight of one; earlier ones weigh less, for they come more often. */
const fullWeightCount = 1_000;

export function noRecords(figures: number): FadingRecords {
  return {
    highs: new Float32Array(figures),
    lows: new Float32Array(figures),
    means: new Float32Array(figures),
    counts: new Uint16Array(figures),
  };
}

/**
 * Takes in a value of one figure: is it a record, and how strong is the evidence in it?
 *
 * Among n values in any order the last is a record with a chance of 2 in n, so the evidence grows with the logarithm of n.
 *
 * @param value any finite number of single precision
 * @param noise differences below it are rounding, not evidence; above 0
 * @param isHeard whether a record counts as evidence; the range is learnt all the same
 * @returns 0 for no record, towards 1 and some tenths for a large one after a long time
 */
export function recordEvidence(
  { highs, lows, means, counts }: FadingRecords,
  figure: number,
  value: number,
  noise: number,
  isHeard: boolean,
): number {
  const count = Math.min(65_535, (counts[figure] ?? 0) + 1);
  counts[figure] = count;
  if (count === 1) {
    highs[figure] = value;
    lows[figure] = value;
    means[figure] = value;
    return 0;
  }
  const before = means[figure] ?? 0;
  const mean = before + (value - before) * Math.max(1 / count, meanShare);
  means[figure] = mean;
  const highest = highs[figure] ?? 0;
  const lowest = lows[figure] ?? 0;
  const high = highest - fade * (highest - mean);
  const low = lowest + fade * (mean - lowest);
  const excess = value > high ? value - high : value < low ? low - value : 0;
  const range = high - low;
  const widening = count <= rangeCount || range <= noise ? Infinity : mostWidening * range;
  highs[figure] = value > high ? Math.min(value, high + widening) : high;
  lows[figure] = value < low ? Math.max(value, low - widening) : low;
  if (excess <= noise || count <= rangeCount || !isHeard) {
    return 0;
  }
  const share = excess / (range + noise);
  return (share / (share + halfExcess)) * (Math.log(count) / Math.log(fullWeightCount));
}
