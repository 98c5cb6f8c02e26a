import { isLearningLabels } from './detectors/label-shift.ts';
import { usualPerMinute } from './statistics/pace.ts';
import { isLearningRanks, learnCount } from './statistics/rank-shift.ts';
import type { StreamWatch } from './stream-watch.ts';
import { sevenDigits } from './wording.ts';

/** What a watch knows of its stream, for screens. */
export interface WatchFigures {
  /** The confidence below which a prediction is flagged just now, in [0, 1]; null while unknown or not by confidence. */
  readonly flaggedBelow: number | null;
  /** Too little was seen to tell a change: the shift detectors do not speak yet. */
  readonly isLearning: boolean;
  /** Predictions a minute on average over the last hours, empty minutes included; null until five minutes are known. */
  readonly usualPerMinute: number | null;
}

export function watchFigures({ predictions, windows, pace, arrivals }: StreamWatch): WatchFigures {
  const { flaggedBelow } = predictions['low-confidence'];
  const confidence = windows['confidence-shift'];
  const isYoung = arrivals.last - arrivals.first < learnCount;
  return {
    flaggedBelow: flaggedBelow < 0 ? null : sevenDigits(flaggedBelow),
    isLearning:
      isYoung ||
      (confidence.history.count > 0 && isLearningRanks(confidence)) ||
      isLearningLabels(windows['label-shift']),
    usualPerMinute: usualPerMinute(pace),
  };
}
