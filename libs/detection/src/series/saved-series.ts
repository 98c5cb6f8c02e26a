import { freeze, thaw } from '../saving/saved-state.ts';
import { startSeries, type SeriesWatch } from './series-watch.ts';

/** Grows when a saved series of an older program would be misread. */
const version = 1;

/** A watched series as JSON text, about 3 KB. Loaded again at any point, it gives the scores that it would have given. */
export function saveSeries(series: SeriesWatch): string {
  return JSON.stringify({ version, series: freeze(series) });
}

/**
 * A watched series from the text that {@link saveSeries} gave.
 *
 * @throws Error for text of another version, or that is no saved series; the series is then to be made again from its values
 */
export function loadSeries(text: string): SeriesWatch {
  const saved = JSON.parse(text) as { readonly version?: unknown; readonly series?: unknown } | null;
  if (saved?.version !== version) {
    throw new Error(
      `the saved series has version ${String(saved?.version)}, and this program reads version ${version} only`,
    );
  }
  const series = startSeries();
  thaw(series, saved.series, 'series');
  return series;
}
