/** How many thresholds may be certified. */
export const gridSize = 20;

/** So many confidences are seen, without their answers, before the thresholds are fixed. */
export const gridSample = 256;

/**
 * Fixes the thresholds among which one may be certified: the quantiles of the first confidences, at even steps of
 * coverage. They must be fixed before the first answer that is held against them, or they would be chosen by it.
 *
 * @param confidences at least one; what lies outside [0, 1] is taken for its nearer end
 * @returns falling, from the threshold that the surest twentieth reaches to 0, which all reach
 */
export function gridOf(confidences: readonly number[]): number[] {
  const falling = Float64Array.from(confidences, (one) => Math.min(1, Math.max(0, one)))
    .sort()
    .reverse();
  return Array.from({ length: gridSize }, (_, index) =>
    index === gridSize - 1 ? 0 : (falling[Math.ceil((falling.length * (index + 1)) / gridSize) - 1] ?? 0),
  );
}

/** For each threshold the share of the confidences that reach it, in [0, 1]. */
export function sharesAbove(grid: readonly number[], confidences: readonly number[]): number[] {
  return grid.map((threshold) => confidences.filter((one) => one >= threshold).length / confidences.length);
}

/** How far the share above a threshold may be from what it was when the thresholds were fixed. */
const mostShift = 0.3;

/**
 * Whether the confidences have become others since the thresholds were fixed, so that these no longer lie among them.
 *
 * @param expected the share above each threshold when they were fixed
 * @param observed the same of what has come since
 */
export function isWorn(expected: readonly number[], observed: readonly number[]): boolean {
  return expected.some((share, place) => Math.abs(share - (observed[place] ?? share)) > mostShift);
}

/**
 * @param grid as {@link gridOf} gives it
 * @param confidence any number; what is no number reaches no threshold
 * @returns the place of the first (highest) threshold that the confidence reaches, with all after it; the grid's length
 *   where it reaches none
 */
export function placeIn(grid: readonly number[], confidence: number): number {
  let low = 0;
  let high = grid.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (confidence >= (grid[middle] ?? Infinity)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
