import type { WindowSignal } from '@watchfloor/contracts';
import { noteAlarm, noteDay } from './alarm-log.ts';
import { isEnabled, type WatchedWindowKind } from './detector.ts';
import { windowDetectors, windowKinds } from './detectors/list.ts';
import { quietFinding, quietRepeatedFinding, type Finding } from './finding.ts';
import { isOverByClock } from './minute-roll-up.ts';
import type { StreamWatch } from './stream-watch.ts';
import { closeAndLearn } from './watch-prediction.ts';
import type { WatchSettings } from './watch-settings.ts';
import { windowSignal, type KindOfWindowSignal } from './window-signal.ts';

/**
 * Looks at the clock: is the stream silent, is a minute over? To be called about every second while somebody watches, at
 * least every 30; time between two calls that is longer counts as 30 seconds, for nobody watched. A clock that is set
 * back or leaps ahead gives no signal by itself.
 *
 * @param watch changed in place
 * @param nowMs milliseconds since 1970, by the clock that stamps `receivedAtMs`
 * @returns one shared, frozen object when there is nothing to say
 */
export function watchClock(watch: StreamWatch, nowMs: number, settings: WatchSettings): Finding {
  noteDay(watch.alarms, nowMs);
  const closed = isOverByClock(watch.minute, nowMs) ? closeAndLearn(watch, nowMs, settings) : null;
  let windows: WindowSignal[] | null = closed?.windows ?? null;
  for (const kind of windowKinds) {
    const window = tick(watch, kind, nowMs, settings);
    if (window !== null) {
      (windows ??= []).push(window);
    }
  }
  const quiet = watch.windows.repeated.isRepeated ? quietRepeatedFinding : quietFinding;
  if (windows === null && closed === null) {
    return quiet;
  }
  return { ...quiet, windows: windows ?? quiet.windows, minutes: closed === null ? quiet.minutes : [closed.minute] };
}

function tick<Kind extends WatchedWindowKind>(
  { windows, arrivals, pace, alarms }: StreamWatch,
  kind: Kind,
  nowMs: number,
  settings: WatchSettings,
): KindOfWindowSignal<Kind> | null {
  const detector = windowDetectors[kind];
  if (detector.tick === undefined || !isEnabled(kind, settings)) {
    return null;
  }
  const observation = detector.tick(windows[kind], nowMs, pace, settings);
  if (observation === null) {
    return null;
  }
  noteAlarm(alarms, kind);
  return windowSignal(kind, observation, nowMs, arrivals.last, settings);
}
