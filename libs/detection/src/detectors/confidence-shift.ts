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
  type RankShift,
} from '../statistics/rank-shift.ts';
import { percent } from '../wording.ts';

/** Told apart from the draws of other detectors. */
const salt = 4;

const bins = 384;

/** Beyond a millionth from 0 or 1 all confidences are alike. */
const limit = Math.log((1 - 1e-6) / 1e-6);

/**
 * Bins of equal width in log-odds, 7 hundredths each: fine near 0 and 1, where the confidences of many models crowd. They
 * are fixed, not fitted to the stream's first values, for that would cost the promise about false alarms.
 */
const scale: BinScale = {
  bins,
  binOf(confidence) {
    const odds = Math.log(confidence / (1 - confidence));
    return odds >= limit ? bins - 1 : odds <= -limit ? 0 : Math.floor(((odds + limit) / (2 * limit)) * bins);
  },
  valueOf: (bin) => 1 / (1 + Math.exp(limit - ((bin + 0.5) / bins) * 2 * limit)),
};

const confidenceOfModel: WatchedFigure = { scale, subject: 'The confidence of the model', format: percent };

/**
 * The distribution of the model's confidence has changed: its middle, its spread or its shape. Often the first trace of
 * other input, a broken sensor or a new model version, before any truth arrives.
 *
 * After 100 predictions with a confidence it speaks when the evidence for a change reaches a height of `falseAlarmEvery`,
 * or of a usual day's predictions if those are more. If nothing changes, and no order of the predictions is likelier than
 * another, false alarms come that far apart on average at least. After an alarm it learns anew.
 *
 * @see Vovk, Nouretdinov and Gammerman, Conformal testing: change-point detection (2021)
 */
export const confidenceShift: WindowDetector<RankShift> = {
  kind: 'confidence-shift',
  start: () => noRankShift(bins),
  look(shift, sighting, settings) {
    const { confidence } = sighting;
    if (Number.isNaN(confidence)) {
      return null;
    }
    const bin = scale.binOf(Math.min(1, Math.max(0, confidence)));
    const score = watchRank(shift, bin, drawFrom(sighting.hash, salt));
    const { falseAlarmEvery } = settings.detectors['confidence-shift'];
    const threshold = score < falseAlarmEvery ? Infinity : alarmHeight(falseAlarmEvery, sighting.pace);
    if (score < threshold) {
      return null;
    }
    const change = quantileChange(shift, scale);
    learnAgain(shift);
    return describeChange(change, confidenceOfModel, { score, threshold, falseAlarmEvery }, sighting);
  },
};
