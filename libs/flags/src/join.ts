import { instantOf, plusSeconds, type Instant, type Refusal, type Signal } from '@watchfloor/contracts';
import { priorityOfFound, type Findings, type FoundPrediction } from './findings.ts';
import { isUnanswered, moved, type FlagLife, type WindowSubject } from './flag-life.ts';
import { grownPriority, mostUrgent, priorityOf } from './priority.ts';

/**
 * How long an answered window flag still takes in more predictions of the fault that it was answered for: 5 minutes. Without it,
 * a fault that goes on would raise the next flag in the very moment in which the last one is answered.
 */
export const answeredQuietSeconds = 300;

/**
 * Adds findings to a window flag.
 *
 * More of the same keeps the version: somebody may be answering just now. What changes the question (a kind that is new to
 * the flag, a higher priority) makes a new version, and wakes the flag if it is snoozed (a version of its own).
 *
 * @returns the flag with more items; refused when it no longer gathers, or when an answered flag would change its question
 * @throws RangeError for a flag on a prediction (a caller's mistake)
 */
export function join(flag: FlagLife, findings: Findings, now: Instant): FlagLife | Refusal {
  if (flag.subject.kind !== 'window') {
    throw new RangeError('only a window flag gathers');
  }
  const closed = { refused: 'already-settled', because: 'This flag no longer gathers' } as const;
  if (!isUnanswered(flag)) {
    return stillGathers(flag, now) &&
      findings.windows.length === 0 &&
      findings.predictions.every((found) => isMoreOfTheSame(flag, found))
      ? { ...flag, subject: extended(flag.subject, findings) }
      : closed;
  }
  const subject = extended(flag.subject, findings);
  const signals = withNewest(
    flag.signals,
    findings.windows.map(({ signal }) => signal),
  );
  const kinds = [...new Set([...flag.kinds, ...signals.map(({ kind }) => kind), ...itemKinds(findings.predictions)])];
  const priority = mostUrgent([
    flag.priority,
    grownPriority(mostUrgent(signals.map(priorityOf)), subject.itemCount),
    ...findings.predictions.map(priorityOfFound),
  ]);
  if (kinds.length === flag.kinds.length && priority === flag.priority) {
    return { ...flag, subject, signals };
  }
  const changed = moved(flag, flag.stage, { subject, signals, kinds, priority });
  return flag.stage.state === 'snoozed' ? moved(changed, { state: 'open' }) : changed;
}

/** Whether a window flag takes in more: while it is unanswered, and for {@link answeredQuietSeconds} after its answer. */
export function stillGathers(flag: FlagLife, now: Instant): boolean {
  if (flag.subject.kind !== 'window') {
    return false;
  }
  return flag.stage.state === 'settled'
    ? plusSeconds(flag.stage.answered.verdict.at, answeredQuietSeconds) > now
    : flag.stage.state !== 'lapsed';
}

/** Whether the prediction tells a window flag nothing new: every kind is there, and it is not more urgent. */
export function isMoreOfTheSame(flag: FlagLife, found: FoundPrediction): boolean {
  return (
    found.signals.every(({ kind }) => flag.kinds.includes(kind)) &&
    mostUrgent([flag.priority, priorityOfFound(found)]) === flag.priority
  );
}

function extended(subject: WindowSubject, { windows, predictions }: Findings): WindowSubject {
  let { from, to } = subject;
  const include = (first: Instant, last: Instant): void => {
    from = first < from ? first : from;
    to = last > to ? last : to;
  };
  windows.forEach(({ stretch }) => include(stretch.from, stretch.to));
  predictions.forEach(({ observed }) => include(instantOf(observed.receivedAtMs), instantOf(observed.receivedAtMs)));
  return { ...subject, from, to, itemCount: subject.itemCount + predictions.length };
}

/** The raising signal stays first for good; of every kind the newest that joined follows. */
function withNewest(signals: readonly Signal[], more: readonly Signal[]): readonly Signal[] {
  const [raising, ...joined] = signals;
  const newest = new Map([...joined, ...more].map((signal) => [signal.kind, signal]));
  return raising === undefined ? more : [raising, ...newest.values()];
}

function itemKinds(predictions: readonly FoundPrediction[]): readonly Signal['kind'][] {
  return predictions.flatMap(({ signals }) => signals.map(({ kind }) => kind));
}
