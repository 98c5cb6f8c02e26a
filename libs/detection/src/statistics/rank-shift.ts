import type { Quantiles } from '@watchfloor/contracts';
import {
  forgetEvidence,
  likeliestLength,
  longestChange,
  noEvidence,
  weigh,
  type ChangeEvidence,
} from './change-evidence.ts';
import { forecast, forgetMix, learnCell, noMix, type ForgettingMix } from './forgetting-mix.ts';
import { countBelowBin, forgetHistory, noHistory, rankAndAdd, type RankHistory } from './rank-history.ts';

/**
 * Watches one figure of a stream for a change of its distribution, of any kind and in any direction. Each value becomes
 * its smoothed rank among all earlier ones; as long as nothing changes these ranks are uniform and independent, so
 * forecasters that learn which ranks come just now can only win against that when something has changed. The reference
 * grows with the stream; a frozen one would break the promise about false alarms.
 *
 * @see Vovk, Nouretdinov and Gammerman, Conformal testing: change-point detection (2021)
 */
export interface RankShift {
  readonly history: RankHistory;
  readonly mixes: ForgettingMix[];
  readonly evidence: ChangeEvidence;
  /** The bins of the last values, for the evidence of a signal. */
  readonly recent: Uint16Array;
  readonly derived: { readonly ratios: Float64Array };
}

/** Narrow bins of a figure: ranks are taken between bins, and by a draw within one. */
export interface BinScale {
  readonly bins: number;
  /** @returns a whole number in [0, bins) for any number */
  readonly binOf: (value: number) => number;
  /** @returns the middle of a bin */
  readonly valueOf: (bin: number) => number;
}

/** How many values must have been seen before a change can be told. */
export const learnCount = 100;

/**
 * The forecasters: into how many equal cells each divides the ranks, and how fast it forgets. Few cells and a short
 * memory find a great change soon, many cells and a long memory a small one at all.
 */
const forecasters = [
  { cells: 5, keep: 2 ** (-1 / 30) },
  { cells: 10, keep: 2 ** (-1 / 80) },
  { cells: 10, keep: 2 ** (-1 / 400) },
] as const;

/** Half a step for each cell. */
const priorPerCell = 0.5;

/** Counts must stay below 2^32; at 1,000 a second that is seven weeks away. */
const mostValues = 2 ** 31;

export function noRankShift(bins: number): RankShift {
  return {
    history: noHistory(bins),
    mixes: forecasters.map(({ cells }) => noMix(cells)),
    evidence: noEvidence(forecasters.length),
    recent: new Uint16Array(longestChange),
    derived: { ratios: new Float64Array(forecasters.length) },
  };
}

/**
 * Takes in one value.
 *
 * @param bin of the value
 * @param draw in [0, 1), the same for the same prediction
 * @returns how strongly the figure seems to have changed: without a change this reaches a height of A only after A values
 *   or more on average; 0 while learning
 */
export function watchRank(shift: RankShift, bin: number, draw: number): number {
  const { history, mixes, recent, derived } = shift;
  if (history.count >= mostValues) {
    learnAgain(shift);
  }
  recent[history.count % longestChange] = bin;
  const isReady = history.count >= learnCount;
  const rank = rankAndAdd(history, bin, draw);
  for (let index = 0; index < forecasters.length; index++) {
    const forecaster = forecasters[index];
    const mix = mixes[index];
    if (forecaster === undefined || mix === undefined) {
      continue;
    }
    const { cells, keep } = forecaster;
    const cell = Math.min(cells - 1, Math.floor(rank * cells));
    derived.ratios[index] = forecast(mix, cell, 1 / cells, priorPerCell * cells) * cells;
    learnCell(mix, cell, keep);
  }
  return isReady ? weigh(shift.evidence, derived.ratios) : 0;
}

/** Forgets all, to learn what is usual from now on. */
export function learnAgain(shift: RankShift): void {
  forgetHistory(shift.history);
  shift.mixes.forEach(forgetMix);
  forgetEvidence(shift.evidence);
}

/** Still too few values to tell a change. */
export function isLearningRanks(shift: RankShift): boolean {
  return shift.history.count < learnCount;
}

export interface QuantileChange {
  readonly before: Quantiles;
  readonly after: Quantiles;
  /** How many values `after` is made of. */
  readonly afterCount: number;
}

/** The figure's quantiles before the likeliest beginning of a change, and after it. */
export function quantileChange(shift: RankShift, scale: BinScale): QuantileChange {
  const { history, recent } = shift;
  const before = new Float64Array(scale.bins);
  for (let bin = 0; bin < scale.bins; bin++) {
    before[bin] = countBelowBin(history, bin + 1) - countBelowBin(history, bin);
  }
  const binBack = (back: number) => recent[(history.count - back) % longestChange] ?? 0;
  const fifths = [0.5, 0.5, 0.5, 0.5, 0.5];
  before.forEach((count, bin) => {
    const fifth = fifthOf(history, bin);
    fifths[fifth] = (fifths[fifth] ?? 0) + count;
  });
  const usual = fifths.map((count) => count / (history.count + 2.5));
  const afterCount = likeliestLength((back) => fifthOf(history, binBack(back)), usual, history.count >> 1);
  const after = new Float64Array(scale.bins);
  for (let back = 1; back <= afterCount; back++) {
    const bin = binBack(back);
    after[bin] = (after[bin] ?? 0) + 1;
    before[bin] = (before[bin] ?? 0) - 1;
  }
  return {
    before: quantilesOf(before, history.count - afterCount, scale),
    after: quantilesOf(after, afterCount, scale),
    afterCount,
  };
}

/** Into which fifth of all earlier values the middle of a bin falls. */
function fifthOf(history: RankHistory, bin: number): number {
  const middle = (countBelowBin(history, bin) + countBelowBin(history, bin + 1)) / 2;
  return Math.min(4, Math.floor((middle / history.count) * 5));
}

function quantilesOf(counts: Float64Array, total: number, scale: BinScale): Quantiles {
  const quantile = (share: number) => {
    let sum = 0;
    const bin = counts.findIndex((count) => (sum += count) >= share * total);
    return scale.valueOf(Math.max(0, bin));
  };
  return { p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9) };
}
