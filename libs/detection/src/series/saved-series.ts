import { freeze, thaw } from '../saving/saved-state.ts';
import { unversioned, versioned } from '../saving/version-byte.ts';
import { startSeries, type SeriesRhythms, type SeriesWatch } from './series-watch.ts';

/** Grows when a saved series of an older program would be misread. */
const version = 1;

/** A watched series as bytes, at most 2 KB. Loaded again at any point, it gives the scores that it would have given. */
export function saveSeries(series: SeriesWatch): Uint8Array {
  return versioned(version, freeze(series));
}

/**
 * A watched series from the bytes that {@link saveSeries} gave.
 *
 * @param rhythms those with which the series was started
 * @throws Error for bytes of another version, or that are no saved series; the series is then to be made again from its values
 */
export function loadSeries(saved: Uint8Array, rhythms?: SeriesRhythms): SeriesWatch {
  const series = startSeries(rhythms);
  thaw(series, unversioned(version, saved, 'series'), 'series');
  return series;
}
