import { instantOf, type Instant } from '@watchfloor/contracts';
import { causeGroupOf, isWindowKind } from './cause.ts';
import { isSampled, priorityOfFound, type Findings, type FoundPrediction } from './findings.ts';
import type { FlagLife } from './flag-life.ts';
import { grownPriority, mostUrgent, priorityOf } from './priority.ts';

const open = { state: 'open' } as const;

/** Raises a flag on one prediction. @throws RangeError for a prediction without signals (a caller's mistake) */
export function raiseOnPrediction(id: string, found: FoundPrediction, now: Instant): FlagLife {
  const { prediction } = found.observed;
  return {
    id,
    version: 1,
    priority: priorityOfFound(found),
    raisedAt: now,
    dueAt: null,
    subject: {
      kind: 'prediction',
      predictionId: prediction.id,
      label: prediction.label ?? null,
      value: prediction.value ?? null,
    },
    kinds: [...new Set(found.signals.map(({ kind }) => kind))],
    signals: found.signals,
    stage: open,
    audit: isSampled(found) ? { state: 'first-look' } : null,
    secondLook: null,
  };
}

/**
 * Raises a flag on a stretch of a stream, with the predictions that it gathers from the start.
 *
 * @param findings at least one window signal, the one that raises the flag first
 * @throws RangeError without a window signal (a caller's mistake)
 */
export function raiseOnWindow(id: string, { windows, predictions }: Findings, now: Instant): FlagLife {
  const [first] = windows;
  if (first === undefined || !isWindowKind(first.signal.kind)) {
    throw new RangeError('a window flag is raised by a window signal');
  }
  const signals = windows.map(({ signal }) => signal);
  const itemTimes = predictions.map(({ observed }) => instantOf(observed.receivedAtMs));
  return {
    id,
    version: 1,
    priority: mostUrgent([
      grownPriority(mostUrgent(signals.map(priorityOf)), predictions.length),
      ...predictions.map(priorityOfFound),
    ]),
    raisedAt: now,
    dueAt: null,
    subject: {
      kind: 'window',
      group: causeGroupOf(first.signal.kind),
      from: earliest([...windows.map(({ stretch }) => stretch.from), ...itemTimes]),
      to: latest([...windows.map(({ stretch }) => stretch.to), ...itemTimes]),
      itemCount: predictions.length,
    },
    kinds: [...new Set([...signals, ...predictions.flatMap((found) => found.signals)].map(({ kind }) => kind))],
    signals,
    stage: open,
    audit: null,
    secondLook: null,
  };
}

function earliest(instants: readonly Instant[]): Instant {
  return instants.reduce((a, b) => (a < b ? a : b));
}

function latest(instants: readonly Instant[]): Instant {
  return instants.reduce((a, b) => (a > b ? a : b));
}
