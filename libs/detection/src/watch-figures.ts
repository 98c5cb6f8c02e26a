import type { DetectorSettings, WindowSignalKind } from '@watchfloor/contracts';
import { budgetShares, promisedEvery } from './alarm-budget.ts';
import { alarmsIn, loggedDays, watchedDays } from './alarm-log.ts';
import { isEnabled, type WatchedWindowKind } from './detector.ts';
import { windowKinds } from './detectors/list.ts';
import { learningOf, type Learning } from './learning.ts';
import { usualPerMinute, weeklyPredictions, type Pace } from './statistics/pace.ts';
import { learnCount } from './statistics/rank-shift.ts';
import type { StreamWatch } from './stream-watch.ts';
import type { WatchSettings } from './watch-settings.ts';
import { sevenDigits } from './wording.ts';

/** What a watch knows of its stream, for screens. */
export interface WatchFigures {
  /** The confidence below which a prediction is flagged just now, in [0, 1]; null while unknown or not by confidence. */
  readonly flaggedBelow: number | null;
  /** Too little was seen to tell a change: some shift detector that has something to look at does not speak yet. */
  readonly isLearning: boolean;
  /** Predictions a minute on average over the last hours, empty minutes included; null until five minutes are known. */
  readonly usualPerMinute: number | null;
  /** What detectors are still learning, and what they need for it. */
  readonly learning: readonly Learning[];
}

export function watchFigures(watch: StreamWatch): WatchFigures {
  const { flaggedBelow } = watch.predictions['low-confidence'];
  const isYoung = watch.arrivals.last - watch.arrivals.first < learnCount;
  const learning = learningOf(watch);
  return {
    flaggedBelow: flaggedBelow < 0 ? null : sevenDigits(flaggedBelow),
    isLearning:
      isYoung || learning.some(({ kind, isMute }) => isMute && countingKinds.some((counted) => counted === kind)),
    usualPerMinute: usualPerMinute(watch.pace),
    learning,
  };
}

/** What was promised of a detector's window signals, and what came. */
export interface AlarmFigures {
  readonly kind: WindowSignalKind;
  /**
   * Signals a week that are to be expected at most while nothing is wrong; null where the promise does not follow from the
   * budget.
   */
  readonly promisedPerWeek: number | null;
  /** The same as predictions between two; null where the detector does not count in predictions. */
  readonly promisedEvery: number | null;
  readonly lastWeek: number;
  /** A week on average over the days that were watched, 28 at most; null before a week was. */
  readonly perWeek: number | null;
}

const countingKinds: readonly (WatchedWindowKind & keyof DetectorSettings)[] = [
  'confidence-shift',
  'label-shift',
  'segment-shift',
  'latency-shift',
];

/** Promised against actual, for every detector of streams that is on. */
export function alarmFigures({ alarms, pace }: StreamWatch, settings: WatchSettings): readonly AlarmFigures[] {
  const weekly = weeklyPredictions(pace);
  const { windowFlagsPerWeek } = settings.alarms;
  const days = watchedDays(alarms);
  return windowKinds
    .filter((kind) => isEnabled(kind, settings))
    .map((kind) => {
      const every = everyOf(kind, settings, pace);
      const budget = budgetShares[kind] > 0 ? budgetShares[kind] * windowFlagsPerWeek : null;
      return {
        kind,
        promisedPerWeek: every === null || weekly === null ? budget : sevenDigits(weekly / every),
        promisedEvery: every,
        lastWeek: alarmsIn(alarms, kind, 7),
        perWeek: days < 7 ? null : sevenDigits((alarmsIn(alarms, kind, loggedDays) * 7) / days),
      };
    });
}

function everyOf(kind: WatchedWindowKind, settings: WatchSettings, pace: Pace): number | null {
  const counting = countingKinds.find((counted) => counted === kind);
  if (counting === undefined) {
    return null;
  }
  const detector = settings.detectors[counting];
  const falseAlarmEvery = 'falseAlarmEvery' in detector ? detector.falseAlarmEvery : null;
  return promisedEvery(kind, falseAlarmEvery, settings.alarms.windowFlagsPerWeek, pace);
}
