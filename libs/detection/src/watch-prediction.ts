import { type Minute, type ObservedPrediction, type Signal, type WindowSignal } from '@watchfloor/contracts';
import { noteAlarm, noteDay } from './alarm-log.ts';
import { noteArrival } from './arrivals.ts';
import { isEnabled, type ClosingMinute, type WatchedPredictionKind, type WatchedWindowKind } from './detector.ts';
import { doubtingKinds, predictionDetectors, predictionKinds, windowDetectors, windowKinds } from './detectors/list.ts';
import { quietFinding, quietRepeatedFinding, type Finding } from './finding.ts';
import { closeMinute, countPrediction, isOverAt } from './minute-roll-up.ts';
import { sight } from './sighting.ts';
import { learnPace } from './statistics/pace.ts';
import type { StreamWatch } from './stream-watch.ts';
import type { WatchSettings } from './watch-settings.ts';
import { windowSignal, type KindOfWindowSignal } from './window-signal.ts';

/**
 * Looks at the next prediction of a stream: what is odd about it, and what it makes of the stream.
 *
 * A deterministic fold: the same predictions and settings give the same findings, also when the watch was saved and
 * loaded in between. Whatever a prediction contains, it does not throw and does not grow beyond its bounds. A detector
 * that is switched off forgets what it knew.
 *
 * @param watch changed in place
 * @param observed positions and times never decrease within a stream
 * @returns one shared, frozen object when there is nothing to say
 */
export function watchPrediction(watch: StreamWatch, observed: ObservedPrediction, settings: WatchSettings): Finding {
  const { minute, arrivals, derived } = watch;
  const { sighting } = derived;
  noteDay(watch.alarms, observed.receivedAtMs);
  const closed = isOverAt(minute, observed.receivedAtMs) ? closeAndLearn(watch, observed.receivedAtMs, settings) : null;

  noteArrival(arrivals, observed.position, observed.receivedAtMs);
  sight(sighting, observed, settings.streamName);
  countPrediction(minute, sighting);
  sighting.countInMinute = minute.predictions;
  sighting.minuteStartMs = minute.startMs;

  let signals: Signal[] | null = null;
  for (const kind of predictionKinds) {
    const signal = lookAtPrediction(watch, kind, settings);
    if (signal !== null) {
      (signals ??= []).push(signal);
      sighting.isDoubtful ||= doubtingKinds.has(kind);
    }
  }
  minute.flagged += signals === null ? 0 : 1;

  let windows: WindowSignal[] | null = closed?.windows ?? null;
  for (const kind of windowKinds) {
    const window = lookAtStream(watch, kind, settings);
    if (window !== null) {
      (windows ??= []).push(window);
    }
  }

  const { isRepeated } = watch.windows.repeated;
  const quiet = isRepeated ? quietRepeatedFinding : quietFinding;
  if (signals === null && windows === null && closed === null) {
    return quiet;
  }
  return {
    signals: signals ?? quiet.signals,
    isRepeated,
    windows: windows ?? quiet.windows,
    minutes: closed === null ? quiet.minutes : [closed.minute],
  };
}

/** A closed minute, and what was said of it; null for nothing. */
export interface ClosedMinute {
  readonly minute: Minute;
  readonly windows: WindowSignal[] | null;
}

/** Closes the open minute, which the detectors look at and from which the stream's pace is learnt. */
export function closeAndLearn(watch: StreamWatch, nowMs: number, settings: WatchSettings): ClosedMinute {
  const { minute, pace, arrivals, alarms: log } = watch;
  const closing = { startMs: minute.startMs, predictions: minute.predictions, arrivals, pace, log };
  let windows: WindowSignal[] | null = null;
  for (const kind of windowKinds) {
    const window = lookAtMinute(watch, kind, closing, nowMs, settings);
    if (window !== null) {
      (windows ??= []).push(window);
    }
  }
  const closed = closeMinute(minute);
  learnPace(pace, minute.startMs, closed.predictions);
  return { minute: closed, windows };
}

function lookAtMinute<Kind extends WatchedWindowKind>(
  { windows, arrivals, alarms }: StreamWatch,
  kind: Kind,
  closing: ClosingMinute,
  nowMs: number,
  settings: WatchSettings,
): KindOfWindowSignal<Kind> | null {
  const detector = windowDetectors[kind];
  if (detector.closeMinute === undefined || !isEnabled(kind, settings)) {
    return null;
  }
  const observation = detector.closeMinute(windows[kind], closing, settings);
  if (observation === null) {
    return null;
  }
  noteAlarm(alarms, kind);
  return windowSignal(kind, observation, nowMs, arrivals.last, settings);
}

function lookAtPrediction<Kind extends WatchedPredictionKind>(
  { predictions, derived }: StreamWatch,
  kind: Kind,
  settings: WatchSettings,
): (Signal & { readonly kind: Kind }) | null {
  const detector = predictionDetectors[kind];
  if (!isEnabled(kind, settings)) {
    if (!derived.off.has(kind)) {
      predictions[kind] = detector.start();
      derived.off.add(kind);
    }
    return null;
  }
  if (derived.off.size > 0) {
    derived.off.delete(kind);
  }
  const observation = detector.look(predictions[kind], derived.sighting, settings);
  return observation === null ? null : { kind, ...observation, policyVersion: settings.policyVersion };
}

function lookAtStream<Kind extends WatchedWindowKind>(
  { windows, derived, arrivals, alarms }: StreamWatch,
  kind: Kind,
  settings: WatchSettings,
): KindOfWindowSignal<Kind> | null {
  const detector = windowDetectors[kind];
  if (!isEnabled(kind, settings)) {
    if (!derived.off.has(kind)) {
      windows[kind] = detector.start();
      derived.off.add(kind);
    }
    return null;
  }
  if (derived.off.size > 0) {
    derived.off.delete(kind);
  }
  const observation = detector.look(windows[kind], derived.sighting, settings);
  const toMs = derived.sighting.observed.receivedAtMs;
  if (observation === null) {
    return null;
  }
  noteAlarm(alarms, kind);
  return windowSignal(kind, observation, toMs, arrivals.last, settings);
}
