import { alarmHeight } from '../alarm-height.ts';
import { stretchStart } from '../arrivals.ts';
import type { AlarmFigures } from '../describe-change.ts';
import type { WindowDetector, WindowObservation } from '../detector.ts';
import type { Sighting } from '../sighting.ts';
import {
  countLabel,
  forgetLabels,
  noLabels,
  otherCount,
  placeAgain,
  placeOf,
  type LabelCounts,
} from '../statistics/label-counts.ts';
import {
  fixKinds,
  isLearningMix,
  mixChange,
  noMixShift,
  unfixKinds,
  watchKind,
  type MixChange,
  type MixShift,
} from '../statistics/mix-shift.ts';
import { finite, percent, quoted } from '../wording.ts';

export interface LabelShiftState {
  /** The labels of the first predictions; they become the kinds, with one more for all others. */
  readonly labels: LabelCounts;
  readonly mix: MixShift;
}

/** From so many predictions the labels are known that will be watched one by one. */
const learnCount = 100;

const mostLabels = 64;
const mostLabelBytes = 1_600;

/**
 * The mix of the model's answers has changed: some labels come much more often than they did, or much less, or new ones
 * turn up. That may be the world, or the model, or what it is fed with.
 *
 * The labels of the first 100 predictions are watched one by one (64 at most), all others together. After 150 predictions
 * it speaks when the evidence for a change reaches a height of `falseAlarmEvery`, or of a usual day's predictions if those
 * are more. If nothing changes, and no order of the predictions is likelier than another, false alarms come about that far
 * apart on average. After an alarm it learns anew.
 *
 * @see Shiryaev, On optimum methods in quickest detection problems (1963)
 */
export const labelShift: WindowDetector<LabelShiftState> = {
  kind: 'label-shift',
  start: () => ({ labels: noLabels(mostLabels), mix: noMixShift(mostLabels + 1) }),
  rebuild: ({ labels }) => placeAgain(labels),
  look({ labels, mix }, sighting, settings) {
    const { label } = sighting.observed.prediction;
    if (label === undefined) {
      return null;
    }
    if (mix.kinds === 0) {
      countLabel(labels, label, mostLabelBytes);
      if (countAll(labels) >= learnCount) {
        fixKinds(mix, firstShares(labels));
      }
      return null;
    }
    const place = placeOf(labels, label);
    const score = watchKind(mix, place < 0 ? labels.names.length : place);
    const { falseAlarmEvery } = settings.detectors['label-shift'];
    const threshold = score < falseAlarmEvery ? Infinity : alarmHeight(falseAlarmEvery, sighting.pace);
    if (score < threshold) {
      return null;
    }
    const observation = describe(mixChange(mix), labels.names, { score, threshold, falseAlarmEvery }, sighting);
    forgetLabels(labels);
    unfixKinds(mix);
    return observation;
  },
};

/** It has seen labels, but not enough of them to tell a change. */
export function isLearningLabels({ labels, mix }: LabelShiftState): boolean {
  return mix.kinds === 0 ? labels.names.length > 0 : isLearningMix(mix);
}

/**
 * Shares of the first labels, and last of all others: those without a place, and as many as were seen once, which is what
 * may be expected of labels not seen yet (Good, The population frequencies of species, 1953).
 */
function firstShares(labels: LabelCounts): number[] {
  const known = labels.names.map((_, place) => labels.counts[place] ?? 0);
  const others = otherCount(labels);
  const once = known.filter((count) => count === 1).length;
  const weights = [...known.map((count) => count + 0.5), others + Math.max(0.5, once)];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function countAll({ counts }: LabelCounts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

interface LabelChange {
  readonly label: string;
  readonly before: number;
  readonly after: number;
}

const mostNamed = 5;
const otherLabels = 'all other labels';

function describe(
  { before, after, afterCount }: MixChange,
  names: readonly string[],
  { score, threshold, falseAlarmEvery }: AlarmFigures,
  sighting: Sighting,
): WindowObservation {
  const changes = before.map((share, kind) => ({
    label: names[kind] ?? otherLabels,
    before: share,
    after: after[kind] ?? 0,
  }));
  const grew = changes
    .filter((change) => change.after > change.before)
    .toSorted(byDifference)
    .slice(0, mostNamed);
  const shrank = changes
    .filter((change) => change.after < change.before)
    .toSorted(byDifference)
    .slice(0, mostNamed);
  const told = [...grew.slice(0, 2), ...shrank.slice(0, 1)].map(inWords).join(', ');
  return {
    score: finite(score),
    threshold,
    reason: `The mix of answers changed over the last ${afterCount} predictions or so: ${told}. By chance this comes once in ${threshold.toLocaleString('en')} predictions at most.`,
    evidence: { grew, shrank, afterCount, falseAlarmEvery },
    ...stretchStart(sighting.arrivals, afterCount),
  };
}

function byDifference(a: LabelChange, b: LabelChange): number {
  return Math.abs(b.after - b.before) - Math.abs(a.after - a.before);
}

function inWords({ label, before, after }: LabelChange): string {
  const name = label === otherLabels ? label : quoted(label);
  return `${name} went from ${percent(before)} to ${percent(after)}`;
}
