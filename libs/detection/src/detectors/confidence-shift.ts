import type { WindowDetector } from '../detector.ts';
import { lookAtFigure, type ShiftingFigure } from '../look-at-figure.ts';
import { noFigureShift, type FigureShift } from '../statistics/figure-shift.ts';
import type { BinScale } from '../statistics/rank-shift.ts';
import { percent } from '../wording.ts';

const bins = 192;

/** Beyond a millionth from 0 or 1 all confidences are alike. */
const limit = Math.log((1 - 1e-6) / 1e-6);

/**
 * Bins of equal width in log-odds, 14 hundredths each: fine near 0 and 1, where the confidences of many models crowd. They
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

const confidenceOfModel: ShiftingFigure = {
  kind: 'confidence-shift',
  salt: 4,
  scale,
  subject: 'The confidence of the model',
  format: percent,
  isWorthSaying: () => true,
};

/**
 * The distribution of the model's confidence has changed: its middle, its spread or its shape. Often the first trace of
 * other input, a broken sensor or a new model version, before any truth arrives.
 *
 * After 100 predictions with a confidence it speaks when the evidence for a change reaches the height that follows from the
 * budget of alarms, or from `falseAlarmEvery`. If nothing changes, and no order of the predictions (of those of one hour of
 * the day, where the hours differ) is likelier than another, false alarms come that far apart on average at least. After an
 * alarm it learns anew.
 *
 * @see Vovk, Nouretdinov and Gammerman, Conformal testing: change-point detection (2021)
 */
export const confidenceShift: WindowDetector<FigureShift> = {
  kind: 'confidence-shift',
  start: () => noFigureShift(bins),
  look(shift, sighting, settings) {
    const { confidence } = sighting;
    if (Number.isNaN(confidence)) {
      return null;
    }
    return lookAtFigure(shift, Math.min(1, Math.max(0, confidence)), confidenceOfModel, sighting, settings);
  },
};
