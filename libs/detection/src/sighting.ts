import type { ObservedPrediction, Prediction } from '@watchfloor/contracts';
import type { AlarmLog } from './alarm-log.ts';
import type { Arrivals } from './arrivals.ts';
import { murmurHash3 } from './statistics/murmur-hash.ts';
import type { Pace } from './statistics/pace.ts';

/** What every detector wants to know of a prediction, read off once. One object serves a watch for all its predictions. */
export interface Sighting {
  observed: ObservedPrediction;
  /** The model's own probability of its answer, as given (perhaps outside [0, 1]); NaN where there is none. */
  confidence: number;
  readonly scores: ScoreSummary;
  /** When the model answered, as far as its clock can be believed; milliseconds since 1970. */
  eventMs: number;
  receivedMs: number;
  /** MurmurHash3 of stream and id, by which ties are broken: the same prediction always breaks them the same way. */
  hash: number;
  /** Whether a detector doubts the prediction itself. */
  isDoubtful: boolean;
  /** Predictions in this minute so far, this one included. */
  countInMinute: number;
  /** Start of this minute, milliseconds since 1970. */
  minuteStartMs: number;
  readonly pace: Pace;
  readonly arrivals: Arrivals;
  readonly log: AlarmLog;
}

/** The scores of a prediction in a nutshell; all zero and no names where it has none. */
export interface ScoreSummary {
  count: number;
  sum: number;
  lowest: number;
  top: number;
  topLabel: string;
  second: number;
  secondLabel: string;
}

const nobody: ObservedPrediction = { prediction: { stream: '-', id: '-' }, position: 0, receivedAtMs: 0 };

export function noSighting(pace: Pace, arrivals: Arrivals, log: AlarmLog): Sighting {
  return {
    observed: nobody,
    confidence: NaN,
    scores: { count: 0, sum: 0, lowest: 0, top: 0, topLabel: '', second: 0, secondLabel: '' },
    eventMs: 0,
    receivedMs: 0,
    hash: 0,
    isDoubtful: false,
    countInMinute: 0,
    minuteStartMs: 0,
    pace,
    arrivals,
    log,
  };
}

/** Reads a prediction into a sighting, in place. */
export function sight(sighting: Sighting, observed: ObservedPrediction, streamName: string): void {
  const { prediction } = observed;
  sighting.observed = observed;
  sighting.hash = murmurHash3(`${streamName}\n${prediction.id}`);
  sighting.eventMs = eventMsOf(observed);
  sighting.receivedMs = observed.receivedAtMs;
  sighting.isDoubtful = false;
  summarise(sighting.scores, prediction.scores);
  sighting.confidence = confidenceOf(prediction);
}

/** The model's own probability of its answer: as given, else the score of its label; NaN where there is neither. */
export function confidenceOf({ confidence, scores, label }: Prediction): number {
  return confidence ?? ownScore(scores, label);
}

/** A model's clock may run ahead of ours by so much. */
const aheadMs = 60_000;

/** A prediction from the future was stamped by a clock that is wrong; one from the past may have been kept back. */
function eventMsOf({ prediction, receivedAtMs }: ObservedPrediction): number {
  const atMs = prediction.at === undefined ? NaN : Date.parse(prediction.at);
  return atMs <= receivedAtMs + aheadMs ? atMs : receivedAtMs;
}

/** The score of a label; NaN where there is none. */
export function ownScore(scores: Readonly<Record<string, number>> | undefined, label: string | undefined): number {
  // A label may be called `constructor`; only a score that was sent counts.
  return scores !== undefined && label !== undefined && Object.hasOwn(scores, label) ? (scores[label] ?? NaN) : NaN;
}

function summarise(summary: ScoreSummary, scores: Readonly<Record<string, number>> | undefined): void {
  summary.count = 0;
  summary.sum = 0;
  summary.lowest = 0;
  summary.top = 0;
  summary.topLabel = '';
  summary.second = 0;
  summary.secondLabel = '';
  for (const label in scores) {
    addScore(summary, label, scores[label] ?? 0);
  }
}

function addScore(summary: ScoreSummary, label: string, score: number): void {
  summary.lowest = summary.count === 0 ? score : Math.min(summary.lowest, score);
  if (summary.count === 0 || score > summary.top) {
    summary.second = summary.top;
    summary.secondLabel = summary.topLabel;
    summary.top = score;
    summary.topLabel = label;
  } else if (summary.count === 1 || score > summary.second) {
    summary.second = score;
    summary.secondLabel = label;
  }
  summary.count++;
  summary.sum += score;
}
