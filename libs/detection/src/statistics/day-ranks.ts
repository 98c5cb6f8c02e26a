import type { Quantiles } from '@watchfloor/contracts';
import { dayCells } from './day-cells.ts';
import { betOnRank, forgetAllBets, noBets, type RankBets } from './rank-bets.ts';
import { countBelowBin, type RankHistory } from './rank-history.ts';
import type { BinScale } from './rank-shift.ts';

/**
 * The ranks of a figure among the earlier values of the same hour of the day: uniform and independent as long as no order
 * of the values *of one cell* is likelier than another, whatever the hours have of each other. So a stream may have any
 * rhythm of the day, and the promise about false alarms stays exact.
 *
 * @see Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World (2005), on Mondrian conformal transducers
 */
export interface DayRanks {
  /** The lowest bin of each wide bin but the first. */
  readonly edges: Uint8Array;
  isFixed: boolean;
  /** How often each wide bin came, cell by cell. */
  readonly counts: Uint16Array;
  readonly bets: RankBets;
}

/** So many wide bins has a cell. Within one, a draw decides. */
export const wideBins = 8;

const mostCount = 2 ** 16 - 1;

export function noDayRanks(): DayRanks {
  return {
    edges: new Uint8Array(wideBins - 1),
    isFixed: false,
    counts: new Uint16Array(dayCells * wideBins),
    bets: noBets(),
  };
}

/**
 * Begins anew, with wide bins that each hold about as many of the values so far.
 *
 * @param history of values that will not be taken in again
 */
export function fixWideBins(day: DayRanks, history: RankHistory): void {
  forgetDayRanks(day);
  day.isFixed = true;
  let bin = 0;
  for (let edge = 0; edge < day.edges.length; edge++) {
    while (bin < history.tree.length - 1 && countBelowBin(history, bin) < ((edge + 1) / wideBins) * history.count) {
      bin++;
    }
    day.edges[edge] = bin;
  }
}

export function forgetDayRanks(day: DayRanks): void {
  day.edges.fill(0);
  day.isFixed = false;
  day.counts.fill(0);
  forgetAllBets(day.bets);
}

/** The quantiles of a cell's values, as exact as its wide bins are. */
export function cellQuantiles({ edges, counts }: DayRanks, cell: number, scale: BinScale): Quantiles {
  const own = Array.from(counts.slice(cell * wideBins, (cell + 1) * wideBins));
  const total = own.reduce((sum, count) => sum + count, 0);
  const quantile = (share: number) => {
    let sum = 0;
    const wide = Math.max(
      0,
      own.findIndex((count) => (sum += count) >= share * total),
    );
    const from = wide === 0 ? 0 : (edges[wide - 1] ?? 0);
    const to = edges[wide] ?? scale.bins;
    // The outermost bins reach to the ends of the scale; what lies in them lies near their inner edge.
    const middle = wide === 0 ? to - 1 : wide === edges.length ? from : Math.floor((from + to) / 2);
    return scale.valueOf(Math.max(0, middle));
  };
  return { p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9) };
}

/**
 * Takes in one value.
 *
 * @param bin of the figure's scale
 * @param cell of the day
 * @param draw in [0, 1), the same for the same prediction
 * @returns see `betOnRank`
 */
export function watchDayRank(day: DayRanks, bin: number, cell: number, draw: number): number {
  const { edges, counts } = day;
  let wide = 0;
  while (wide < edges.length && (edges[wide] ?? 0) <= bin) {
    wide++;
  }
  const first = cell * wideBins;
  let below = 0;
  let all = 0;
  for (let other = 0; other < wideBins; other++) {
    const count = counts[first + other] ?? 0;
    all += count;
    below += other < wide ? count : 0;
  }
  const equal = counts[first + wide] ?? 0;
  const rank = (below + draw * (equal + 1)) / (all + 1);
  if (equal >= mostCount) {
    for (let other = first; other < first + wideBins; other++) {
      counts[other] = (counts[other] ?? 0) >> 1;
    }
  }
  counts[first + wide] = (counts[first + wide] ?? 0) + 1;
  return betOnRank(day.bets, rank, true);
}
