import { timestampMs, type ScoreAnswer, type SeriesRow } from '@watchfloor/contracts';
import { seriesLearning, startSeries, watchValue, type SeriesWatch } from './series-watch.ts';

/**
 * How odd the next row of a series is, judged by the rows before it.
 *
 * @param series changed in place
 * @param row a row whose timestamp was checked; one that is no timestamp scores 0
 * @returns in [0, 1)
 */
export function scoreRow(series: SeriesWatch, { timestamp, value }: SeriesRow): number {
  return watchValue(series, timestampMs(timestamp) ?? NaN, value);
}

/** Scores a whole series from its beginning. */
export function scoreRows(rows: readonly SeriesRow[]): ScoreAnswer {
  const series = startSeries();
  const scores = rows.map((row) => scoreRow(series, row));
  return { scores, ...seriesLearning(series, timestampMs(rows.at(-1)?.timestamp ?? '') ?? 0) };
}
