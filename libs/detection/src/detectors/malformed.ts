import type { Signal } from '@watchfloor/contracts';
import type { Observation, PredictionDetector } from '../detector.ts';
import { ownScore, type Sighting } from '../sighting.ts';
import type { WatchSettings } from '../watch-settings.ts';
import { figure, finite, quoted } from '../wording.ts';

/**
 * An output that contradicts itself or its declaration: a label that the policy does not declare or that has no score,
 * probabilities outside [0, 1], scores that do not sum to 1, a confidence that is not the label's score, an interval that
 * is upside down or does not hold its value. An answer other than the likeliest label is no fault: models may decide by
 * cost. Needs no memory and no warm-up.
 *
 * Setting: `sumTolerance`, how far the sum of the scores may lie from 1, and a confidence from its score.
 */
export const malformed: PredictionDetector<object> = {
  kind: 'malformed',
  start: () => ({}),
  look(_state, sighting, settings) {
    return isSound(sighting, settings) ? null : report(defectsOf(sighting, settings));
  },
};

interface Defect {
  readonly defect: string;
  readonly score: number;
  readonly threshold: number;
  readonly because: string;
  readonly evidence: Signal['evidence'];
}

/** The common way, without making anything. */
function isSound(sighting: Sighting, settings: WatchSettings): boolean {
  const { confidence, scores } = sighting;
  const { label, interval, value, scores: given } = sighting.observed.prediction;
  const tolerance = settings.detectors.malformed.sumTolerance;
  if (confidence < 0 || confidence > 1) {
    return false;
  }
  if (label !== undefined && settings.labels.length > 0 && !settings.labels.includes(label)) {
    return false;
  }
  if (given !== undefined) {
    if (scores.count === 0 || scores.lowest < 0 || scores.top > 1 || Math.abs(scores.sum - 1) > tolerance) {
      return false;
    }
    // Not-a-number when the label has no score, which is not within any tolerance.
    if (label !== undefined && !(Math.abs(confidence - ownScore(given, label)) <= tolerance)) {
      return false;
    }
  }
  return interval === undefined || (interval[0] <= interval[1] && !isOutside(value, interval));
}

function defectsOf(sighting: Sighting, settings: WatchSettings): Defect[] {
  return [
    undeclaredLabel(sighting, settings),
    improbableConfidence(sighting),
    improbableScore(sighting),
    wrongSum(sighting, settings),
    labelWithoutScore(sighting),
    contradictedConfidence(sighting, settings),
    reversedInterval(sighting),
    escapedValue(sighting),
  ].filter((defect) => defect !== null);
}

function report(defects: readonly Defect[]): Observation | null {
  const [first] = defects;
  if (first === undefined) {
    return null;
  }
  const more = defects.length > 1 ? `, and ${defects.length - 1} more` : '';
  return {
    score: finite(first.score),
    threshold: first.threshold,
    reason: `The model's output is malformed: ${first.because}${more}.`,
    evidence: {
      defects: defects.map(({ defect }) => defect),
      ...Object.fromEntries(defects.flatMap(({ evidence }) => Object.entries(evidence))),
    },
  };
}

function undeclaredLabel({ observed }: Sighting, { labels }: WatchSettings): Defect | null {
  const { label } = observed.prediction;
  if (label === undefined || labels.length === 0 || labels.includes(label)) {
    return null;
  }
  const because = `${quoted(label)} is none of the ${labels.length} declared labels`;
  return { defect: 'undeclared-label', score: 1, threshold: 0, because, evidence: { label } };
}

function improbableConfidence({ observed }: Sighting): Defect | null {
  const { confidence } = observed.prediction;
  if (confidence === undefined || (confidence >= 0 && confidence <= 1)) {
    return null;
  }
  const because = `its confidence of ${figure(confidence)} is no probability`;
  const threshold = confidence < 0 ? 0 : 1;
  return { defect: 'improbable-confidence', score: confidence, threshold, because, evidence: { confidence } };
}

function improbableScore({ scores }: Sighting): Defect | null {
  if (scores.lowest >= 0 && scores.top <= 1) {
    return null;
  }
  const score = scores.lowest < 0 ? scores.lowest : scores.top;
  return {
    defect: 'improbable-score',
    score,
    threshold: scores.lowest < 0 ? 0 : 1,
    because: `a score of ${figure(score)} is no probability`,
    evidence: { lowestScore: scores.lowest, topScore: scores.top },
  };
}

function wrongSum({ observed, scores }: Sighting, settings: WatchSettings): Defect | null {
  const threshold = settings.detectors.malformed.sumTolerance;
  const score = Math.abs(scores.sum - 1);
  if (observed.prediction.scores === undefined || score <= threshold) {
    return null;
  }
  const sum = finite(scores.sum);
  const because = scores.count === 0 ? 'its scores are empty' : `its scores sum to ${figure(sum)} instead of 1`;
  return { defect: 'wrong-sum', score, threshold, because, evidence: { sum, scores: scores.count } };
}

function labelWithoutScore({ observed }: Sighting): Defect | null {
  const { label, scores } = observed.prediction;
  if (label === undefined || scores === undefined || Object.hasOwn(scores, label)) {
    return null;
  }
  const because = `its answer ${quoted(label)} has no score`;
  return { defect: 'label-without-score', score: 1, threshold: 0, because, evidence: { label } };
}

function contradictedConfidence({ observed }: Sighting, settings: WatchSettings): Defect | null {
  const { label, confidence, scores } = observed.prediction;
  const labelScore = ownScore(scores, label);
  const threshold = settings.detectors.malformed.sumTolerance;
  if (confidence === undefined || !(Math.abs(confidence - labelScore) > threshold)) {
    return null;
  }
  return {
    defect: 'contradicted-confidence',
    score: Math.abs(confidence - labelScore),
    threshold,
    because: `its confidence is ${figure(confidence)}, but the score of its answer is ${figure(labelScore)}`,
    evidence: { confidence, labelScore },
  };
}

function reversedInterval({ observed }: Sighting): Defect | null {
  const { interval } = observed.prediction;
  if (interval === undefined || interval[0] <= interval[1]) {
    return null;
  }
  const because = `its interval runs backwards, from ${figure(interval[0])} to ${figure(interval[1])}`;
  const score = interval[0] - interval[1];
  return { defect: 'reversed-interval', score, threshold: 0, because, evidence: { interval: [...interval] } };
}

function escapedValue({ observed }: Sighting): Defect | null {
  const { interval, value } = observed.prediction;
  if (value === undefined || interval === undefined || interval[0] > interval[1] || !isOutside(value, interval)) {
    return null;
  }
  return {
    defect: 'value-outside-interval',
    score: value,
    threshold: value < interval[0] ? interval[0] : interval[1],
    because: `its value ${figure(value)} lies outside its interval ${figure(interval[0])} to ${figure(interval[1])}`,
    evidence: { value, interval: [...interval] },
  };
}

function isOutside(value: number | undefined, interval: readonly [number, number]): boolean {
  return value !== undefined && (value < interval[0] || value > interval[1]);
}
