/**
 * The evidence that a stream has changed, gathered from forecasters that bet against its usual ways: each step multiplies
 * a forecaster's odds with how much likelier it held what came, and every step may be the one at which the change began.
 *
 * @see Shiryaev, On optimum methods in quickest detection problems (1963); Roberts, A comparison of some control chart
 *   procedures (1966); Vovk, Nouretdinov and Gammerman, Conformal testing: change-point detection (2021)
 */
export interface ChangeEvidence {
  /** One Shiryaev-Roberts sum for each forecaster. */
  readonly sums: Float64Array;
}

export function noEvidence(forecasters: number): ChangeEvidence {
  return { sums: new Float64Array(forecasters) };
}

/**
 * Takes in one step.
 *
 * @param ratios for each forecaster: its probability of what came, over the usual probability
 * @returns the mean of the sums. If nothing changes, it reaches a height of A only after A steps or more on average.
 */
export function weigh(evidence: ChangeEvidence, ratios: Float64Array): number {
  const { sums } = evidence;
  let total = 0;
  for (let index = 0; index < sums.length; index++) {
    const sum = (1 + (sums[index] ?? 0)) * (ratios[index] ?? 1);
    sums[index] = sum;
    total += sum;
  }
  return total / sums.length;
}

export function forgetEvidence(evidence: ChangeEvidence): void {
  evidence.sums.fill(0);
}

/** A change is sought among so many last values at most. */
export const longestChange = 128;

const shortestChange = 4;

/**
 * How many of the last values the change most likely covers: the split at which the values behind it fit the usual shares
 * worst, by likelihood ratio. For the reader of a signal; no alarm rests on it.
 *
 * @param cellBack the cell of the value so many back, 1 for the last
 * @param usual the usual share of each cell, each above 0
 * @param most how many values there are to look back on
 * @returns from 4 (fewer when there are fewer) to `most`, at most {@link longestChange}
 */
export function likeliestLength(cellBack: (back: number) => number, usual: readonly number[], most: number): number {
  const counts = usual.map(() => 0);
  let best = Math.min(most, shortestChange);
  let bestFit = -Infinity;
  for (let length = 1; length <= Math.min(most, longestChange); length++) {
    const cell = cellBack(length);
    counts[cell] = (counts[cell] ?? 0) + 1;
    const fit = misfit(counts, usual, length);
    if (length >= shortestChange && fit > bestFit) {
      bestFit = fit;
      best = length;
    }
  }
  return best;
}

function misfit(counts: readonly number[], usual: readonly number[], length: number): number {
  let sum = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] ?? 0;
    sum += count > 0 ? count * Math.log(count / (length * (usual[cell] ?? 1))) : 0;
  }
  return sum;
}
