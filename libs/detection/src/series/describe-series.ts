import { newest } from './newest-value.ts';
import { seriesViews } from './series-views.ts';
import type { SeriesWatch } from './series-watch.ts';

/** What a series was like when its newest value came; in the unit of its values. */
export interface SeriesPortrait {
  readonly observed: number;
  /** What the best forecast had said; null without one. */
  readonly expected: number | null;
  /** Between these it lay before, the rarest and oldest values left out. */
  readonly low: number;
  readonly high: number;
  /** What was most unusual, strongest first, in words; three at most. */
  readonly views: readonly string[];
}

/** Describes a series by its newest value; to be called before any series takes in another. */
export function describeSeries({ anchor }: SeriesWatch): SeriesPortrait {
  const { views, evidence, forecast, low, high } = newest;
  const strongest = seriesViews
    .map(([, , words], view) => ({ words, evidence: evidence[view] ?? 0 }))
    .filter((view) => view.evidence > 0)
    .toSorted((one, other) => other.evidence - one.evidence)
    .slice(0, 3);
  return {
    observed: anchor + (views[0] ?? 0),
    expected: Number.isNaN(forecast) ? null : anchor + forecast,
    low: anchor + low,
    high: anchor + high,
    views: strongest.map(({ words }) => words),
  };
}
