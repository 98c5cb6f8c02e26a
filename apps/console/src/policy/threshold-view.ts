import type { ConfidenceBin } from '@watchfloor/contracts';

/** What a threshold of confidence would have done to the predictions of a window. */
export interface ThresholdView {
  /** Predictions that would have been flagged, for their confidence or for something else. */
  readonly flagged: number;
  /** Predictions that nobody would have seen. */
  readonly passed: number;
  /** Errors among those passed; null where no answer tells. */
  readonly errors: { readonly expected: number; readonly low: number; readonly high: number } | null;
}

/** Two-sided 90 %. */
const z = 1.645;

/**
 * @param bins stretches of confidence, as a what-if returns them
 * @param threshold in [0, 1]; what is less sure is flagged. It counts as the nearest edge of a bin
 */
export function thresholdView(bins: readonly ConfidenceBin[], threshold: number): ThresholdView {
  const above = bins.filter(({ from, to }) => (from + to) / 2 >= threshold);
  const all = sum(bins, ({ predictions }) => predictions);
  const passed = sum(above, ({ predictions, flaggedOtherwise }) => predictions - flaggedOtherwise);
  return { flagged: all - passed, passed, errors: errorsAmong(above, passed) };
}

/** Wilson's interval on the answers' weights: their effective number is the square of their sum over the sum of squares. */
function errorsAmong(bins: readonly ConfidenceBin[], passed: number): ThresholdView['errors'] {
  const weight = sum(bins, (bin) => bin.weight);
  if (weight === 0) return null;
  const rate = Math.min(1, sum(bins, ({ errorWeight }) => errorWeight) / weight);
  const count = weight ** 2 / sum(bins, ({ weightSquared }) => weightSquared);
  const middle = (rate + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half = (z / (1 + z ** 2 / count)) * Math.sqrt((rate * (1 - rate)) / count + z ** 2 / (4 * count ** 2));
  return {
    expected: rate * passed,
    low: Math.max(0, middle - half) * passed,
    high: Math.min(1, middle + half) * passed,
  };
}

function sum(bins: readonly ConfidenceBin[], of: (bin: ConfidenceBin) => number): number {
  return bins.reduce((total, bin) => total + of(bin), 0);
}
