import type { WindowDetector } from '../detector.ts';
import {
  addToFigure,
  forgetFigure,
  isFull,
  noFigure,
  oddest,
  tell,
  type MinuteFigure,
  type ToldSeries,
} from '../series/minute-series.ts';
import { startSeries, type SeriesWatch } from '../series/series-watch.ts';
import { figure, percent } from '../wording.ts';

export interface UnusualValueState {
  readonly values: MinuteFigure;
  readonly confidences: MinuteFigure;
  /** Of the mean value, or of the mean confidence while the stream has no values. */
  readonly answer: SeriesWatch;
  /** From the lowest value of a minute to its highest: one value far off shows here, however many others came. */
  readonly extent: SeriesWatch;
  /** Whether a value was ever seen. */
  hasValues: boolean;
}

/**
 * What the model says is unusual for this stream and this time of day: the mean of its values over a minute, how far they lie
 * apart, or, in a stream without values, its mean confidence. In a stream of one prediction a minute or fewer each value is
 * looked at.
 *
 * It speaks when a minute closes, after 150 minutes with predictions at the earliest; the shape of the day is known after three
 * days. An incident is told once, and again when it grows worse.
 *
 * Setting: `threshold`, in [0, 1].
 */
export const unusualValue: WindowDetector<UnusualValueState> = {
  kind: 'unusual-value',
  start: () => ({
    values: noFigure(),
    confidences: noFigure(),
    answer: startSeries({ day: true, week: false }),
    extent: startSeries({ day: false, week: false }),
    hasValues: false,
  }),
  look(state, { observed, confidence }) {
    const { value } = observed.prediction;
    const { values, confidences } = state;
    if (value !== undefined) {
      state.hasValues = true;
      addToFigure(values, value);
    }
    if (!Number.isNaN(confidence)) {
      addToFigure(confidences, confidence);
    }
    return null;
  },
  closeMinute({ values, confidences, answer, extent, hasValues }, minute, settings) {
    const told: ToldSeries[] = [];
    if (isFull(values, minute)) {
      told.push(
        tell({ subject: 'The mean value', series: answer, format: figure }, minute, values.mean),
        tell(
          { subject: 'The distance of the values', series: extent, format: figure },
          minute,
          values.high - values.low,
        ),
      );
    }
    if (!hasValues && isFull(confidences, minute)) {
      told.push(tell({ subject: 'The mean confidence', series: answer, format: percent }, minute, confidences.mean));
    }
    forgetFigure(values);
    forgetFigure(confidences);
    return oddest('unusual-value', told, minute, settings);
  },
};
