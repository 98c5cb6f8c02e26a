import type { Quantiles } from '@watchfloor/contracts';
import { likeliestLength, longestChange } from './change-evidence.ts';
import { betOnRank, forgetAllBets, noBets, type RankBets } from './rank-bets.ts';
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
  readonly bets: RankBets;
  /** The bins of the last values, for the evidence of a signal. */
  readonly recent: Uint8Array;
}

/** Narrow bins of a figure: ranks are taken between bins, and by a draw within one. */
export interface BinScale {
  /** At most 256. */
  readonly bins: number;
  /** @returns a whole number in [0, bins) for any number */
  readonly binOf: (value: number) => number;
  /** @returns the middle of a bin */
  readonly valueOf: (bin: number) => number;
}

/** How many values must have been seen before a change can be told. */
export const learnCount = 100;

/** Counts must stay below 2^32; at 1,000 a second that is seven weeks away. */
const mostValues = 2 ** 31;

export function noRankShift(bins: number): RankShift {
  return {
    history: noHistory(bins),
    bets: noBets(),
    recent: new Uint8Array(longestChange),
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
  const { history, recent } = shift;
  if (history.count >= mostValues) {
    learnAgain(shift);
  }
  recent[history.count % longestChange] = bin;
  const isReady = history.count >= learnCount;
  return betOnRank(shift.bets, rankAndAdd(history, bin, draw), isReady);
}

/** Forgets all, to learn what is usual from now on. */
export function learnAgain(shift: RankShift): void {
  forgetHistory(shift.history);
  forgetAllBets(shift.bets);
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

/** The quantiles of the last values, 128 at most. */
export function recentQuantiles({ history, recent }: RankShift, scale: BinScale): Omit<QuantileChange, 'before'> {
  const afterCount = Math.min(history.count, longestChange);
  const counts = new Float64Array(scale.bins);
  for (let back = 1; back <= afterCount; back++) {
    const bin = recent[(history.count - back) % longestChange] ?? 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { after: quantilesOf(counts, afterCount, scale), afterCount };
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
