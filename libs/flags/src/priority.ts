import { priorities, type Priority, type Signal, type SignalKind } from '@watchfloor/contracts';

/**
 * How urgent a signal is by its kind. A stream that goes wrong (P2) is answered before one doubtful prediction (P3), and
 * that before a sample drawn by chance (P4). A rule names its own priority; P3 is for a rule signal without one.
 */
export const priorityByKind: Record<SignalKind, Priority> = {
  malformed: 'P2',
  rule: 'P3',
  'low-confidence': 'P3',
  'small-margin': 'P3',
  'wide-interval': 'P3',
  'audit-sample': 'P4',
  novelty: 'P3',
  disagreement: 'P3',
  'second-look': 'P3',
  'confidence-shift': 'P2',
  'label-shift': 'P2',
  'segment-shift': 'P2',
  'latency-shift': 'P3',
  silence: 'P2',
  burst: 'P3',
  disparity: 'P2',
  'unusual-value': 'P3',
  'unusual-rate': 'P3',
  repeated: 'P2',
  backlog: 'P3',
};

/** So many gathered predictions lift a window flag by one step, ten times as many by the next. */
export const itemsPerStep = 1_000;

/** The priority of one signal: its rule's own where `evidence.priority` names it, else by its kind. */
export function priorityOf(signal: Signal): Priority {
  const own = signal.evidence.priority;
  return signal.kind === 'rule' && isPriority(own) ? own : priorityByKind[signal.kind];
}

/** The most urgent of several. @throws RangeError for none (a caller's mistake) */
export function mostUrgent(several: readonly Priority[]): Priority {
  const first = priorities.find((priority) => several.includes(priority));
  if (first === undefined) {
    throw new RangeError('needs at least one priority');
  }
  return first;
}

/** One step more urgent; P1 stays P1. */
export function stepUp(priority: Priority, steps = 1): Priority {
  return priorities[Math.max(0, priorities.indexOf(priority) - steps)] ?? 'P1';
}

/**
 * What the sheer number of gathered predictions makes of a priority: one step from 1,000 on, two from 10,000 on.
 *
 * @param itemCount a whole number, 0 or more
 */
export function grownPriority(priority: Priority, itemCount: number): Priority {
  const steps = itemCount < itemsPerStep ? 0 : itemCount < itemsPerStep * 10 ? 1 : 2;
  return stepUp(priority, steps);
}

function isPriority(value: unknown): value is Priority {
  return (priorities as readonly unknown[]).includes(value);
}
