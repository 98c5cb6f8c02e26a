import { instantOf, type Minute } from '@watchfloor/contracts';
import type { Sighting } from './sighting.ts';
import { countLabel, forgetLabels, noLabels, otherCount, type LabelCounts } from './statistics/label-counts.ts';
import { drawFrom } from './statistics/murmur-hash.ts';
import { minuteMs } from './statistics/pace.ts';
import { forgetSample, noSample, sampleQuantiles, sampleValue, type ValueSample } from './statistics/value-sample.ts';

/** The minute that is being counted. It is open while it has predictions. */
export interface OpenMinute {
  /** Its start, or that of the last one closed; milliseconds since 1970, -1 before the first. */
  startMs: number;
  predictions: number;
  flagged: number;
  readonly confidence: ValueSample;
  readonly value: ValueSample;
  readonly latencyMs: ValueSample;
  readonly labels: LabelCounts;
}

const mostLabels = 50;
const mostLabelBytes = 1_200;

/** Under this name a minute counts the labels beyond the first 50 (or beyond 1,200 bytes of names). */
export const otherLabelsName = '…';

/** A prediction that was received within a minute may reach the watch a little after its end. */
const graceMs = 2_000;

/** Told apart from the draws of detectors. */
const salt = 101;

export function noMinute(): OpenMinute {
  return {
    startMs: -1,
    predictions: 0,
    flagged: 0,
    confidence: noSample(),
    value: noSample(),
    latencyMs: noSample(),
    labels: noLabels(mostLabels),
  };
}

/** Whether a prediction received at this time belongs to a later minute than the open one. */
export function isOverAt(minute: OpenMinute, receivedAtMs: number): boolean {
  return minute.predictions > 0 && receivedAtMs >= minute.startMs + minuteMs;
}

/** Whether the open minute can be closed by the clock alone. */
export function isOverByClock(minute: OpenMinute, nowMs: number): boolean {
  return isOverAt(minute, nowMs - graceMs);
}

/** Counts a prediction into the open minute, or opens one. A minute that was closed is never opened again. */
export function countPrediction(minute: OpenMinute, { observed, confidence, hash }: Sighting): void {
  if (minute.predictions === 0) {
    const startMs = Math.floor(observed.receivedAtMs / minuteMs) * minuteMs;
    minute.startMs = startMs > minute.startMs ? startMs : minute.startMs + minuteMs;
  }
  minute.predictions++;
  const { label, value, latencyMs } = observed.prediction;
  const draw = drawFrom(hash, salt);
  if (!Number.isNaN(confidence)) {
    sampleValue(minute.confidence, confidence, draw);
  }
  if (value !== undefined) {
    sampleValue(minute.value, value, draw);
  }
  if (latencyMs !== undefined) {
    sampleValue(minute.latencyMs, latencyMs, draw);
  }
  if (label !== undefined) {
    countLabel(minute.labels, label, mostLabelBytes);
  }
}

/** Closes the open minute and gives its figures. */
export function closeMinute(minute: OpenMinute): Minute {
  const { startMs, predictions, flagged, confidence, value, latencyMs, labels } = minute;
  const closed = {
    at: instantOf(startMs),
    predictions,
    flagged,
    confidence: sampleQuantiles(confidence),
    value: sampleQuantiles(value),
    latencyMs: sampleQuantiles(latencyMs),
    labels: labelCounts(labels),
  };
  minute.predictions = 0;
  minute.flagged = 0;
  [confidence, value, latencyMs].forEach(forgetSample);
  forgetLabels(labels);
  return closed;
}

function labelCounts(labels: LabelCounts): Record<string, number> {
  const counts = new Map(labels.names.map((name, place) => [name, labels.counts[place] ?? 0]));
  const others = otherCount(labels);
  if (others > 0) {
    counts.set(otherLabelsName, (counts.get(otherLabelsName) ?? 0) + others);
  }
  // From entries, not by assignment: a label may be called `__proto__`.
  return Object.fromEntries(counts);
}
