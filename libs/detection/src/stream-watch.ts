import { noAlarms, type AlarmLog } from './alarm-log.ts';
import { noArrivals, type Arrivals } from './arrivals.ts';
import type { WatchedPredictionKind, WatchedWindowKind } from './detector.ts';
import {
  startPredictionStates,
  startWindowStates,
  type PredictionStates,
  type WindowStates,
} from './detectors/list.ts';
import { inOneBuffer } from './saving/one-buffer.ts';
import { noMinute, type OpenMinute } from './minute-roll-up.ts';
import { noSighting, type Sighting } from './sighting.ts';
import { noPace, type Pace } from './statistics/pace.ts';

/**
 * All that is remembered of one stream; at most 32 KB when saved. It is changed in place by `watchPrediction` and
 * `watchClock`, and what is in it is no business of its holder.
 */
export interface StreamWatch {
  readonly predictions: PredictionStates;
  readonly windows: WindowStates;
  readonly minute: OpenMinute;
  readonly pace: Pace;
  readonly arrivals: Arrivals;
  readonly alarms: AlarmLog;
  readonly derived: {
    readonly sighting: Sighting;
    /** Detectors that were off at the last prediction and have nothing to forget. */
    readonly off: Set<WatchedPredictionKind | WatchedWindowKind>;
  };
}

/** A watch over a stream of which nothing was seen yet. */
export function startWatch(): StreamWatch {
  const pace = noPace();
  const arrivals = noArrivals();
  const alarms = noAlarms();
  const watch = {
    predictions: startPredictionStates(),
    windows: startWindowStates(),
    minute: noMinute(),
    pace,
    arrivals,
    alarms,
    derived: {
      sighting: noSighting(pace, arrivals, alarms),
      off: new Set<WatchedPredictionKind | WatchedWindowKind>(),
    },
  };
  inOneBuffer(watch);
  return watch;
}
