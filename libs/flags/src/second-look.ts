import { plusSeconds, type Instant, type Refusal, type Signal, type Verdict } from '@watchfloor/contracts';
import { isUnanswered, moved, type FlagLife } from './flag-life.ts';
import { priorityOf } from './priority.ts';

/** What a stream's policy says about second looks. */
export interface SecondLookRules {
  /** After so many hours without an answer it lapses. */
  readonly hours: number;
  readonly policyVersion: number;
}

/**
 * The second look at a prediction that chance drew for the audit and a first person overrode: a flag of its own, whose
 * answer says whether the model was wrong. It names neither answer.
 *
 * @param notFor people who have answered the first flag or had it in hand
 * @throws RangeError for a flag that is not such a one (a caller's mistake)
 */
export function raiseSecondLook(
  id: string,
  first: FlagLife,
  now: Instant,
  notFor: readonly string[],
  { hours, policyVersion }: SecondLookRules,
): FlagLife {
  if (first.subject.kind !== 'prediction' || first.audit === null || first.stage.state !== 'settled') {
    throw new RangeError('a second look is taken at an answered prediction of the audit');
  }
  const signal: Signal = {
    kind: 'second-look',
    score: 1,
    threshold: 2,
    reason:
      'Second look, blind: chance drew this for the audit, and one person disagreed with the model. Another one decides, without either answer.',
    evidence: { answers: 1, needed: 2, firstLook: first.id },
    policyVersion,
  };
  return {
    id,
    version: 1,
    priority: priorityOf(signal),
    raisedAt: now,
    dueAt: plusSeconds(now, hours * 3_600),
    subject: first.subject,
    kinds: [signal.kind],
    signals: [signal],
    stage: { state: 'open' },
    audit: null,
    secondLook: { of: first.id, notFor },
  };
}

/**
 * Takes a question back that need not be answered any more. That ends a claim too.
 *
 * @param because why, for a person
 * @returns the withdrawn flag; refused when it is closed already
 */
export function withdraw(flag: FlagLife, because: string, now: Instant): FlagLife | Refusal {
  return isUnanswered(flag)
    ? moved(flag, { state: 'withdrawn', at: now, because })
    : { refused: 'already-settled', because: 'This flag is closed already' };
}

/** What an answer to a drawn flag, or its taking back, means for its audit. */
export interface AuditTurn {
  readonly secondLook: 'raise' | 'withdraw' | 'as-is';
  /** The model was confirmed: from `finalAt` on, its author can no longer take that back, and the audit has its answer. */
  readonly confirmation: { readonly verdict: Verdict; readonly finalAt: Instant } | null;
}

/**
 * What becomes of the audit when the first flag has changed.
 *
 * - Overridden: a second look is raised, unless one is open already (the author has corrected the right answer).
 * - Confirmed: that is the answer, once it is final; an open second look is withdrawn.
 * - Taken back: an open second look is withdrawn, and the flag waits for its first answer as before.
 * - What was confirmed and final stays so, whoever supersedes it later.
 *
 * @returns null where nothing follows: chance did not draw the flag, its audit is over, or its answer has not changed
 */
export function auditTurn(before: FlagLife, after: FlagLife): AuditTurn | null {
  const { audit } = before;
  if (audit === null || audit.state === 'adjudicated') {
    return null;
  }
  const hadVerdict = before.stage.state === 'settled' ? before.stage.answered : null;
  const hasVerdict = after.stage.state === 'settled' ? after.stage.answered : null;
  if (hadVerdict?.verdict.id === hasVerdict?.verdict.id) {
    return null;
  }
  if (hadVerdict?.verdict.verdict === 'confirmed' && hasVerdict !== null) {
    const { verdict, undoUntil } = hadVerdict;
    return { secondLook: 'as-is', confirmation: { verdict, finalAt: undoUntil ?? verdict.at } };
  }
  const isOpen = audit.state === 'second-look';
  if (hasVerdict === null) {
    return { secondLook: isOpen ? 'withdraw' : 'as-is', confirmation: null };
  }
  const { verdict, undoUntil } = hasVerdict;
  return verdict.verdict === 'confirmed'
    ? { secondLook: isOpen ? 'withdraw' : 'as-is', confirmation: { verdict, finalAt: undoUntil ?? verdict.at } }
    : { secondLook: isOpen ? 'as-is' : 'raise', confirmation: null };
}

/**
 * Whether the model was wrong: the first person had disagreed with it, and so does the second, with whatever answer. A second
 * look that nobody took counts against the model.
 *
 * @param secondLook closed: settled or lapsed
 * @throws RangeError while it is open, or when it was withdrawn (a caller's mistake)
 */
export function isErrorByBoth({ stage }: FlagLife): boolean {
  switch (stage.state) {
    case 'settled':
      return stage.answered.verdict.verdict === 'overridden';
    case 'lapsed':
      return true;
    case 'open':
    case 'claimed':
    case 'snoozed':
    case 'withdrawn':
      throw new RangeError(`a second look that is ${stage.state} says nothing`);
  }
}
