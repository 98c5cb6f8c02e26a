import { instantOf, type WindowSignal } from '@watchfloor/contracts';
import type { WatchedWindowKind, WindowObservation } from './detector.ts';
import type { WatchSettings } from './watch-settings.ts';

export type KindOfWindowSignal<Kind> = WindowSignal & { readonly signal: { readonly kind: Kind } };

/** An observation of a stream as a signal, with its stretch. */
export function windowSignal<Kind extends WatchedWindowKind>(
  kind: Kind,
  { fromMs, fromPosition, score, threshold, reason, evidence }: WindowObservation,
  toMs: number,
  toPosition: number,
  { policyVersion }: WatchSettings,
): KindOfWindowSignal<Kind> {
  return {
    signal: { kind, score, threshold, reason, evidence, policyVersion },
    stretch: { from: instantOf(fromMs), to: instantOf(toMs), fromPosition, toPosition },
  };
}
