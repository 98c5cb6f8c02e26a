import type { WindowDetector } from '../detector.ts';
import { lookAtFigure, type ShiftingFigure } from '../look-at-figure.ts';
import { noFigureShift, type FigureShift } from '../statistics/figure-shift.ts';
import type { BinScale, QuantileChange } from '../statistics/rank-shift.ts';
import { durationInWords, figure } from '../wording.ts';

const bins = 128;

/** From a hundredth of a millisecond to nearly three hours, in steps of 18 %. */
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

const latencyOfModel: ShiftingFigure = {
  kind: 'latency-shift',
  salt: 5,
  scale,
  subject: 'The latency of the model',
  format: latencyInWords,
  isWorthSaying,
};

/**
 * The model answers more slowly or more quickly than it did: the distribution of `latencyMs` has changed, with its middle
 * or its upper tenth off by a fifth at least. Smaller changes are taken in without a word.
 *
 * The same method and promise as `confidence-shift`.
 */
export const latencyShift: WindowDetector<FigureShift> = {
  kind: 'latency-shift',
  start: () => noFigureShift(bins),
  look(shift, sighting, settings) {
    const { latencyMs } = sighting.observed.prediction;
    return latencyMs === undefined ? null : lookAtFigure(shift, latencyMs, latencyOfModel, sighting, settings);
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
