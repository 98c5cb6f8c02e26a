import type { Minute, Signal, WindowSignal } from '@watchfloor/contracts';

/** What a watch has to say after one prediction or one look at the clock. */
export interface Finding {
  /** Of this prediction, in the order of the list of detectors. */
  readonly signals: readonly Signal[];
  /** The stream is in so much doubt just now that its signals belong together. */
  readonly isRepeated: boolean;
  readonly windows: readonly WindowSignal[];
  /** Roll-ups of the minutes that this call closed, oldest first; minutes without a prediction have none. */
  readonly minutes: readonly Minute[];
}

const nothing: readonly never[] = Object.freeze([]);

/** One shared object for the many predictions that nothing is said about. */
export const quietFinding: Finding = Object.freeze({
  signals: nothing,
  isRepeated: false,
  windows: nothing,
  minutes: nothing,
});

/** The same while the stream is in repeated doubt. */
export const quietRepeatedFinding: Finding = Object.freeze({ ...quietFinding, isRepeated: true });
