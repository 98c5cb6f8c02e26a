import type { PredictionSignalKind, Signal, WindowSignalKind } from '@watchfloor/contracts';
import type { AlarmLog } from './alarm-log.ts';
import type { Arrivals } from './arrivals.ts';
import type { Sighting } from './sighting.ts';
import type { Pace } from './statistics/pace.ts';
import type { WatchSettings } from './watch-settings.ts';

/** What a detector has to say: the figure, what it was held against, one plain sentence, and the figures behind it. */
export type Observation = Pick<Signal, 'score' | 'threshold' | 'reason' | 'evidence'>;

/** The same about a stretch of the stream that begins here and ends with the present. */
export interface WindowObservation extends Observation {
  readonly fromMs: number;
  readonly fromPosition: number;
}

/** `second-look` is made by the queue, not by a detector. */
export type WatchedPredictionKind = Exclude<PredictionSignalKind, 'second-look'>;

interface Fold<Kind, State extends object> {
  readonly kind: Kind;
  /** The state before the first prediction; see `freeze` for what it may hold. */
  readonly start: () => State;
  /** Makes again what a loaded state holds under `derived`. */
  readonly rebuild?: (state: State) => void;
}

/** A fold over the predictions of a stream that may say something of each. It changes its state in place. */
export interface PredictionDetector<State extends object> extends Fold<WatchedPredictionKind, State> {
  readonly look: (state: State, sighting: Sighting, settings: WatchSettings) => Observation | null;
}

/** A fold over the predictions of a stream, and over the clock, that may say something of the stream. */
export interface WindowDetector<State extends object> extends Fold<WatchedWindowKind, State> {
  readonly look: (state: State, sighting: Sighting, settings: WatchSettings) => WindowObservation | null;
  /** Called when a minute with predictions closes, after the last of its predictions and before the next. */
  readonly closeMinute?: (state: State, minute: ClosingMinute, settings: WatchSettings) => WindowObservation | null;
  /** Called about every second, with milliseconds since 1970. */
  readonly tick?: (state: State, nowMs: number, pace: Pace, settings: WatchSettings) => WindowObservation | null;
}

/** A minute of the stream that closes. */
export interface ClosingMinute {
  /** Milliseconds since 1970. */
  readonly startMs: number;
  /** At least 1. */
  readonly predictions: number;
  /** The last of them were the minute's. */
  readonly arrivals: Arrivals;
  /** Without this minute yet. */
  readonly pace: Pace;
  readonly log: AlarmLog;
}

/** `backlog` is made by the queue, not by a detector. */
export type WatchedWindowKind = Exclude<WindowSignalKind, 'backlog'>;

/** Those that have settings of their own; `repeated` looks at the others' signals and is always on. */
export function isEnabled(kind: WatchedPredictionKind | WatchedWindowKind, settings: WatchSettings): boolean {
  return kind === 'repeated' || settings.detectors[kind].enabled;
}
