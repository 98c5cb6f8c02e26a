import type { WatchedPredictionKind, WatchedWindowKind } from './detector.ts';
import {
  predictionDetectors,
  predictionKinds,
  windowDetectors,
  windowKinds,
  type PredictionStates,
  type WindowStates,
} from './detectors/list.ts';
import { freeze, thaw } from './saving/saved-state.ts';
import { placeAgain } from './statistics/label-counts.ts';
import { startWatch, type StreamWatch } from './stream-watch.ts';

/** Grows when a saved watch of an older program would be misread. */
const version = 3;

/**
 * A watch as JSON text, at most 32 KB in UTF-8. Loaded again at any point, it gives the findings that the watch itself
 * would have given.
 */
export function saveWatch(watch: StreamWatch): string {
  return JSON.stringify({ version, watch: freeze(watch) });
}

/**
 * A watch from the text that {@link saveWatch} gave.
 *
 * @throws Error for text of another version, or that is no saved watch; the watch is then to be made again by replaying
 *   the stream's predictions
 */
export function loadWatch(text: string): StreamWatch {
  const saved: unknown = JSON.parse(text);
  const found = typeof saved === 'object' && saved !== null && 'version' in saved ? saved.version : undefined;
  if (found !== version || !('watch' in (saved as object))) {
    throw new Error(`the saved watch has version ${String(found)}, and this program reads version ${version} only`);
  }
  const watch = startWatch();
  thaw(watch, (saved as { watch: unknown }).watch, 'watch');
  predictionKinds.forEach((kind) => rebuildPrediction(watch.predictions, kind));
  windowKinds.forEach((kind) => rebuildWindow(watch.windows, kind));
  placeAgain(watch.minute.labels);
  return watch;
}

function rebuildPrediction<Kind extends WatchedPredictionKind>(
  states: PredictionStates,
  kind: Kind,
): PredictionStates[Kind] {
  predictionDetectors[kind].rebuild?.(states[kind]);
  return states[kind];
}

function rebuildWindow<Kind extends WatchedWindowKind>(states: WindowStates, kind: Kind): WindowStates[Kind] {
  windowDetectors[kind].rebuild?.(states[kind]);
  return states[kind];
}
