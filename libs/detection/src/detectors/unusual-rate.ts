import type { ClosingMinute, WindowDetector } from '../detector.ts';
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
import { startSeries, watchValue, type SeriesWatch } from '../series/series-watch.ts';
import { minuteMs } from '../statistics/pace.ts';
import { durationInWords, figure } from '../wording.ts';

export interface UnusualRateState {
  readonly latencies: MinuteFigure;
  readonly rate: SeriesWatch;
  readonly latency: SeriesWatch;
  /** Start of the newest minute that was taken in, milliseconds since 1970; -1 before. */
  newestMs: number;
}

/** Of a longer pause no more empty minutes are taken in. */
const mostEmptyMinutes = 1_440;

/**
 * How the predictions of this stream come is unusual: how many came in a minute, empty minutes included,
 * for this time of day and week; or how long the model took for them (geometric mean, so that a few slow ones do not hide the others).
 *
 * It speaks when a minute with predictions closes, after two and a half hours at the earliest; the shape of the day is known
 * after three days, that of the week after four weeks. That nothing comes is told by `silence`.
 *
 * Setting: `threshold`, in [0, 1].
 */
export const unusualRate: WindowDetector<UnusualRateState> = {
  kind: 'unusual-rate',
  start: () => ({
    latencies: noFigure(),
    rate: startSeries(),
    latency: startSeries({ day: true, week: false }),
    newestMs: -1,
  }),
  look({ latencies }, { observed }) {
    const { latencyMs } = observed.prediction;
    if (latencyMs !== undefined && latencyMs >= 0) {
      addToFigure(latencies, Math.log1p(latencyMs));
    }
    return null;
  },
  closeMinute(state, minute, settings) {
    const { latencies, rate, latency } = state;
    takeInPause(state, minute);
    const told: ToldSeries[] = [
      tell({ subject: 'The number of predictions', series: rate, format: figure }, minute, minute.predictions),
    ];
    if (isFull(latencies, minute)) {
      told.push(tell({ subject: 'The latency', series: latency, format: latencyInWords }, minute, latencies.mean));
    }
    forgetFigure(latencies);
    return oddest('unusual-rate', told, minute, settings);
  },
};

function takeInPause(state: UnusualRateState, { startMs }: ClosingMinute): void {
  const passed = state.newestMs < 0 ? 0 : Math.round((startMs - state.newestMs) / minuteMs) - 1;
  for (let back = Math.min(passed, mostEmptyMinutes); back > 0; back--) {
    watchValue(state.rate, startMs - back * minuteMs, 0);
  }
  state.newestMs = startMs;
}

function latencyInWords(logarithm: number): string {
  return durationInWords(Math.max(0, Math.expm1(logarithm)));
}
