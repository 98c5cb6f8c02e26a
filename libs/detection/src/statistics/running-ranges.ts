import { grown, notYet } from '../saving/grown.ts';
import { inOneBuffer } from '../saving/one-buffer.ts';

/**
 * What numbers several fields usually hold: lowest and highest so far, mean and mean deviation. One wild value moves them
 * little: a range grows to the double at most, and the mean by a few deviations' worth.
 */
export interface RunningRanges {
  low: Float64Array;
  high: Float64Array;
  mean: Float64Array;
  deviation: Float64Array;
  /** Values taken in, at most {@link longestMemory}. */
  counts: Uint16Array;
}

/** Beyond this, numbers are cut, so that no sum or difference leaves the range of numbers. */
const largest = 1e150;

/** The mean follows the stream over about so many values. */
const longestMemory = 1_000;

/** So many values set the range freely. */
const freeCount = 30;

/** Old extremes fade towards the mean by this share a step. */
const fading = 3e-5;

/** A value counts for the mean as at most so many deviations away. */
const mostDeviations = 6;

/** A value is beyond when it leaves the range by more than this share of its width. */
export const beyondBy = 0.25;

/** Fields of one stream at most. */
export const mostNumbers = 16;

export function noRanges(): RunningRanges {
  const none = notYet.float64;
  return { low: none, high: none, mean: none, deviation: none, counts: notYet.uint16 };
}

/** Makes all room again after ranges were loaded, if there were any. */
export function makeRangesAgain(ranges: RunningRanges): void {
  if (ranges.counts.length > 0) {
    makeRoom(ranges);
  }
}

/** The number as far as it is reckoned with; not-a-number counts as 0. */
export function bounded(value: number): number {
  return value > largest ? largest : value < -largest ? -largest : value === value ? value : 0;
}

/**
 * How far a value lies outside what was seen.
 *
 * @param value bounded
 * @returns in widths of the range, 0 inside; infinite for another value than a constant field's
 */
export function excessOf({ low, high, counts }: RunningRanges, field: number, value: number): number {
  const lowest = low[field] ?? 0;
  const highest = high[field] ?? 0;
  if ((counts[field] ?? 0) === 0 || (value >= lowest && value <= highest)) {
    return 0;
  }
  return (value > highest ? value - highest : lowest - value) / (highest - lowest);
}

/**
 * Where a value stands among the usual ones.
 *
 * @param value bounded
 * @returns in (0, 1), one half for the mean, a quarter for two mean deviations below it
 */
export function placeAmong({ mean, deviation }: RunningRanges, field: number, value: number): number {
  const away = value - (mean[field] ?? 0);
  const scale = 2 * (deviation[field] ?? 0) + Math.abs(away);
  return scale === 0 ? 0.5 : 0.5 + (0.5 * away) / scale;
}

/** Takes in a value. @param value bounded */
export function learnValue(ranges: RunningRanges, field: number, value: number): void {
  if (ranges.counts.length === 0) {
    makeRoom(ranges);
  }
  const { low, high, mean, deviation, counts } = ranges;
  const count = counts[field] ?? 0;
  if (count === 0) {
    low[field] = high[field] = mean[field] = value;
    counts[field] = 1;
    return;
  }
  const middle = mean[field] ?? 0;
  const usual = deviation[field] ?? 0;
  const away = value - middle;
  const most = count < freeCount || usual === 0 ? Infinity : mostDeviations * usual;
  const counted = away > most ? most : away < -most ? -most : away;
  const step = 1 / (count + 1);
  mean[field] = middle + counted * step;
  deviation[field] = usual + (Math.abs(counted) - usual) * step;
  counts[field] = Math.min(longestMemory, count + 1);
  stretch(ranges, field, value, count < freeCount);
}

function makeRoom(ranges: RunningRanges): void {
  ranges.low = grown(ranges.low, mostNumbers);
  ranges.high = grown(ranges.high, mostNumbers);
  ranges.mean = grown(ranges.mean, mostNumbers);
  ranges.deviation = grown(ranges.deviation, mostNumbers);
  ranges.counts = grown(ranges.counts, mostNumbers);
  inOneBuffer(ranges);
}

function stretch({ low, high, mean }: RunningRanges, field: number, value: number, isFree: boolean): void {
  const lowest = low[field] ?? 0;
  const highest = high[field] ?? 0;
  const width = isFree || highest === lowest ? Infinity : highest - lowest;
  const middle = mean[field] ?? 0;
  low[field] =
    value < lowest ? Math.max(value, lowest - width) : lowest + fading * (Math.min(middle, highest) - lowest);
  high[field] =
    value > highest ? Math.min(value, highest + width) : highest + fading * (Math.max(middle, lowest) - highest);
}
