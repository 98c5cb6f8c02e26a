import { excessAlarms } from '../alarm-budget.ts';
import { stretchStart } from '../arrivals.ts';
import type { ClosingMinute, WindowObservation } from '../detector.ts';
import { busyMinute } from '../statistics/pace.ts';
import type { WatchSettings } from '../watch-settings.ts';
import { finite, sevenDigits } from '../wording.ts';
import { describeSeries, type SeriesPortrait } from './describe-series.ts';
import { evidenceOf, scoreOf } from './incident.ts';
import { watchValue, type SeriesWatch } from './series-watch.ts';

/** Mean and extent of one figure over the open minute. */
export interface MinuteFigure {
  count: number;
  mean: number;
  low: number;
  high: number;
}

/** One series of minute figures, how its values are spoken of, and how odd its newest one is. */
export interface ToldSeries {
  /** The figure as the subject of a sentence about a minute. */
  readonly subject: string;
  readonly series: SeriesWatch;
  readonly format: (value: number) => string;
  readonly score: number;
  /** Null where the score is 0. */
  readonly portrait: SeriesPortrait | null;
}

/** A minute with a smaller share of the usual predictions is too thin for a mean. */
const leastShare = 0.25;

export function noFigure(): MinuteFigure {
  return { count: 0, mean: 0, low: 0, high: 0 };
}

/** @param value any finite number */
export function addToFigure(figure: MinuteFigure, value: number): void {
  figure.low = figure.count === 0 ? value : Math.min(figure.low, value);
  figure.high = figure.count === 0 ? value : Math.max(figure.high, value);
  figure.count++;
  // Each part is divided by itself: the distance of two finite numbers need not be finite.
  figure.mean += value / figure.count - figure.mean / figure.count;
}

export function forgetFigure(figure: MinuteFigure): void {
  figure.count = 0;
  figure.mean = 0;
  figure.low = 0;
  figure.high = 0;
}

/** Whether a minute has enough of a figure for its mean to be held against those of other minutes. */
export function isFull({ count }: MinuteFigure, { pace }: ClosingMinute): boolean {
  return count > 0 && count >= leastShare * (busyMinute(pace) ?? 0);
}

/** Takes a figure of a closing minute into its series. */
export function tell(
  told: Pick<ToldSeries, 'subject' | 'series' | 'format'>,
  { startMs }: ClosingMinute,
  value: number,
): ToldSeries {
  const score = watchValue(told.series, startMs, finite(value));
  return { ...told, score, portrait: score > 0 ? describeSeries(told.series) : null };
}

/** Each flag beyond the week's share asks for so many times the evidence. */
const patience = 1.5;

/**
 * The oddest of a minute's figures as an observation; null when none reaches the threshold. The threshold is that of the
 * policy, and higher when the detector has spoken oftener within seven days than its share of the budget.
 */
export function oddest(
  kind: 'unusual-value' | 'unusual-rate',
  told: readonly ToldSeries[],
  { startMs, predictions, arrivals, log }: ClosingMinute,
  { detectors, alarms }: WatchSettings,
): WindowObservation | null {
  const asked = evidenceOf(detectors[kind].threshold) * patience ** excessAlarms(kind, alarms.windowFlagsPerWeek, log);
  const threshold = sevenDigits(scoreOf(asked));
  const odd = told.filter(({ score }) => score > 0 && score >= threshold).toSorted((a, b) => b.score - a.score);
  const [most] = odd;
  if (most?.portrait == null) {
    return null;
  }
  const { subject, format, score, portrait } = most;
  const { observed, expected, low, high, views } = portrait;
  const forecast = expected === null ? '' : `${format(expected)} was to be expected, and `;
  return {
    score: sevenDigits(score),
    threshold,
    reason: `${subject} was ${format(observed)} in one minute; ${forecast}it usually lies between ${format(low)} and ${format(high)}. Most unusual: ${views.join('; ')}.`,
    evidence: {
      figure: subject,
      observed: finite(observed),
      expected: expected === null ? null : finite(expected),
      low: finite(low),
      high: finite(high),
      views: [...views],
      others: odd.slice(1).map((other) => ({ figure: other.subject, score: sevenDigits(other.score) })),
    },
    ...stretchStart(arrivals, predictions),
    fromMs: startMs,
  };
}
