import { alarmHeight } from '../alarm-height.ts';
import { describeChange, type WatchedFigure } from '../describe-change.ts';
import type { WindowDetector } from '../detector.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';
import {
  learnAgain,
  noRankShift,
  quantileChange,
  watchRank,
  type BinScale,
  type QuantileChange,
  type RankShift,
} from '../statistics/rank-shift.ts';
import { durationInWords, figure } from '../wording.ts';

/** Told apart from the draws of other detectors. */
const salt = 5;

const bins = 384;

/** From a hundredth of a millisecond to nearly three hours, in steps of 5 %. */
const lowest = Math.log(0.01);
const step = Math.log(1e9) / bins;

const scale: BinScale = {
  bins,
  binOf(latencyMs) {
    const place = Math.floor((Math.log(latencyMs) - lowest) / step);
    return place >= bins ? bins - 1 : place >= 0 ? place : 0;
  },
  valueOf: (bin) => Math.exp(lowest + (bin + 0.5) * step),
};

/** A change of a fifth is worth a person's time; a smaller one, however certain, is not. */
const leastFactor = 1.2;

const latencyOfModel: WatchedFigure = { scale, subject: 'The latency of the model', format: latencyInWords };

/**
 * The model answers more slowly or more quickly than it did: the distribution of `latencyMs` has changed, with its middle
 * or its upper tenth off by a fifth at least. Smaller changes are taken in without a word.
 *
 * The same method and promise as `confidence-shift`.
 */
export const latencyShift: WindowDetector<RankShift> = {
  kind: 'latency-shift',
  start: () => noRankShift(bins),
  look(shift, sighting, settings) {
    const { latencyMs } = sighting.observed.prediction;
    if (latencyMs === undefined) {
      return null;
    }
    const score = watchRank(shift, scale.binOf(latencyMs), drawFrom(sighting.hash, salt));
    const { falseAlarmEvery } = settings.detectors['latency-shift'];
    const threshold = score < falseAlarmEvery ? Infinity : alarmHeight(falseAlarmEvery, sighting.pace);
    if (score < threshold) {
      return null;
    }
    const change = quantileChange(shift, scale);
    learnAgain(shift);
    return isWorthSaying(change)
      ? describeChange(change, latencyOfModel, { score, threshold, falseAlarmEvery }, sighting)
      : null;
  },
};

function isWorthSaying({ before, after }: QuantileChange): boolean {
  return isFifthOff(before.p50, after.p50) || isFifthOff(before.p90, after.p90);
}

function isFifthOff(before: number, after: number): boolean {
  return Math.max(before, after) >= leastFactor * Math.min(before, after);
}

function latencyInWords(ms: number): string {
  return ms < 1_000 ? `${figure(ms)} ms` : durationInWords(ms);
}
