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
import { unversioned, versioned } from './saving/version-byte.ts';
import { placeAgain } from './statistics/label-counts.ts';
import { startWatch, type StreamWatch } from './stream-watch.ts';

/** Grows when a saved watch of an older program would be misread. */
const version = 4;

/**
 * A watch as bytes, at most 32 KB. Loaded again at any point, it gives the findings that the watch itself would have given.
 */
export function saveWatch(watch: StreamWatch): Uint8Array {
  return versioned(version, freeze(watch));
}

/**
 * A watch from the bytes that {@link saveWatch} gave.
 *
 * @throws Error for bytes of another version, or that are no saved watch; the watch is then to be made again by replaying
 *   the stream's predictions
 */
export function loadWatch(saved: Uint8Array): StreamWatch {
  const watch = startWatch();
  thaw(watch, unversioned(version, saved, 'watch'), 'watch');
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
