import type { ObservedPrediction, Priority, Signal, WindowSignal } from '@watchfloor/contracts';
import { mostUrgent, priorityOf } from './priority.ts';

/** A prediction that detectors spoke of. */
export interface FoundPrediction {
  readonly observed: ObservedPrediction;
  /** At least one. */
  readonly signals: readonly Signal[];
  /** So many others were flagged around it that one fault is likely behind all of them. */
  readonly isRepeated: boolean;
}

/** What the detectors found in one batch of one stream. */
export interface Findings<Found extends FoundPrediction = FoundPrediction> {
  readonly predictions: readonly Found[];
  readonly windows: readonly WindowSignal[];
}

/** How urgent a flag on this prediction is: as its most urgent signal. */
export function priorityOfFound({ signals }: FoundPrediction): Priority {
  return mostUrgent(signals.map(priorityOf));
}

/** Whether chance drew it: such a prediction keeps a flag of its own, or the sample would no longer be one. */
export function isSampled({ signals }: FoundPrediction): boolean {
  return signals.some(({ kind }) => kind === 'audit-sample');
}

/** Whether a rule of the policy wants a person to see this very prediction. */
export function isRuled({ signals }: FoundPrediction): boolean {
  return signals.some(({ kind }) => kind === 'rule');
}
