import type { Autonomy, SignalKind, WhatIfSide, WindowSignalKind } from '@watchfloor/contracts';
import { addAnswer, estimate, noErrors, type WeightedErrors } from './weighted-errors.ts';

/** What is known of a prediction besides what was sent. */
export interface KnownTruth {
  /** The adjudicated audit, with the chance of its draw; null where it was not drawn or is not answered. */
  readonly audit: { readonly probability: number; readonly isError: boolean } | null;
  /** Whether the truth that came in later says that the model was wrong; null while none has. */
  readonly outcomeIsError: boolean | null;
}

/** What one side does with a prediction. */
export interface SideView {
  readonly kinds: readonly SignalKind[];
  readonly isRepeated: boolean;
}

/** Counts of one side. */
export interface SideCounts {
  flagged: number;
  grouped: number;
  windowFlags: number;
  readonly byKind: Partial<Record<SignalKind, number>>;
  readonly byWindowKind: Partial<Record<WindowSignalKind, number>>;
  passed: number;
  readonly passedErrors: WeightedErrors;
  outcomesPassed: number;
  outcomeErrorsPassed: number;
}

export function noCounts(): SideCounts {
  return {
    flagged: 0,
    grouped: 0,
    windowFlags: 0,
    byKind: {},
    byWindowKind: {},
    passed: 0,
    passedErrors: noErrors(),
    outcomesPassed: 0,
    outcomeErrorsPassed: 0,
  };
}

/** Whether a person sees the prediction: an autonomous stream shows its audit sample alone. */
export function isFlaggedBy(kinds: readonly SignalKind[], autonomy: Autonomy): boolean {
  return autonomy === 'autonomous' ? kinds.includes('audit-sample') : kinds.length > 0;
}

/** Whether it would pass if chance had not drawn it for an audit. */
function isPassed(kinds: readonly SignalKind[], autonomy: Autonomy): boolean {
  return autonomy === 'autonomous' || kinds.every((kind) => kind === 'audit-sample');
}

/** Counts a prediction on one side. @returns whether a person sees it */
export function countPrediction(
  side: SideCounts,
  { kinds, isRepeated }: SideView,
  autonomy: Autonomy,
  { audit, outcomeIsError }: KnownTruth,
): boolean {
  const isFlagged = isFlaggedBy(kinds, autonomy);
  if (isFlagged) {
    for (const kind of kinds) {
      side.byKind[kind] = (side.byKind[kind] ?? 0) + 1;
    }
    // Samples and rules keep a flag of their own in a repeated fault.
    if (isRepeated && !kinds.includes('audit-sample') && !kinds.includes('rule')) side.grouped++;
    else side.flagged++;
  }
  if (isPassed(kinds, autonomy)) {
    side.passed++;
    if (audit !== null) {
      addAnswer(side.passedErrors, audit.probability, audit.isError);
    }
    if (outcomeIsError !== null) {
      side.outcomesPassed++;
      side.outcomeErrorsPassed += outcomeIsError ? 1 : 0;
    }
  }
  return isFlagged;
}

export function countWindow(side: SideCounts, kind: WindowSignalKind): void {
  side.windowFlags++;
  side.byWindowKind[kind] = (side.byWindowKind[kind] ?? 0) + 1;
}

/** The counts as figures. @param days more than 0 */
export function sideOf(side: SideCounts, days: number, reviewers: number): WhatIfSide {
  const { passed, outcomesPassed, outcomeErrorsPassed } = side;
  const flagsPerDay = (side.flagged + side.windowFlags) / days;
  const passedErrors = estimate(side.passedErrors);
  const { rate, low, high } = passedErrors;
  return {
    flagged: side.flagged,
    grouped: side.grouped,
    windowFlags: side.windowFlags,
    flagsPerDay,
    flagsPerDayPerReviewer: reviewers > 0 ? flagsPerDay / reviewers : null,
    byKind: side.byKind,
    byWindowKind: side.byWindowKind,
    passed,
    passedErrors,
    errorsPassed: { expected: rate === null ? null : rate * passed, low: low * passed, high: high * passed },
    knownPassed: { outcomes: outcomesPassed, errors: outcomeErrorsPassed },
  };
}
