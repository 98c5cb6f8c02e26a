import {
  plusSeconds,
  secondsBetween,
  type EscalationLife,
  type Instant,
  type Priority,
  type Refusal,
} from '@watchfloor/contracts';
import { climbOf, type ClimbPolicy } from './climb.ts';
import { nextMove } from './next-move.ts';
import { whyNotPutOff } from './put-off.ts';

const over = { refused: 'already-settled', because: 'The escalation of this flag is over' } as const;

/** The escalation of a flag that is raised: its first step is due at once. */
export function startEscalation(priority: Priority, at: Instant): EscalationLife {
  return { priority, startedAt: at, taken: 0, waitsSinceAt: at, stand: null, calledAgainId: null, ended: null };
}

/**
 * Takes the next move.
 *
 * @param hasReachedAnybody false when the step called nobody (a gap in the schedule, an empty team): the wait would be for nothing, and
 *   the next call is due at once. The lapse always waits.
 * @returns refused when the next move is not due, or there is none
 */
export function takeMove(
  policy: ClimbPolicy,
  life: EscalationLife,
  at: Instant,
  hasReachedAnybody = true,
): EscalationLife | Refusal {
  const next = nextMove(policy, life);
  if (next === null) {
    return over;
  }
  if (next.dueAt > at) {
    return { refused: 'not-yet-possible', because: `The next step is due at ${next.dueAt}` };
  }
  switch (next.move.kind) {
    case 'step':
    case 'last-call': {
      const taken = life.taken + 1;
      const following = climbOf(policy)[taken];
      const isSkipped = !hasReachedAnybody && following !== undefined && following.move.kind !== 'lapse';
      return { ...life, taken, waitsSinceAt: isSkipped ? plusSeconds(at, -following.waitSeconds) : at };
    }
    case 'lapse':
      return { ...life, taken: life.taken + 1, ended: { at, by: 'lapse' } };
    case 'call-again':
      return { ...life, stand: null, calledAgainId: next.move.claimantId, waitsSinceAt: at };
    case 'return':
      return { ...life, stand: null, calledAgainId: null, taken: 0, waitsSinceAt: at };
  }
}

/**
 * Somebody claims: the climb stands still. What had been waited for the next step counts when the claim ends without a verdict.
 *
 * A claim that is renewed keeps its time, and one that was called again stops nothing more: claimed is not done. One that passes to
 * somebody else begins anew.
 */
export function claimed(life: EscalationLife, byId: string, at: Instant): EscalationLife | Refusal {
  if (life.ended !== null) {
    return over;
  }
  const isKnown = life.calledAgainId === byId || (life.stand?.kind === 'claimed' && life.stand.byId === byId);
  return isKnown ? life : { ...standing(life, at), calledAgainId: null, stand: { kind: 'claimed', byId, at } };
}

/** The claim is given back or has run out: the climb goes on where it stood. */
export function released(life: EscalationLife, at: Instant): EscalationLife {
  if (life.stand?.kind !== 'claimed') {
    return life.calledAgainId === null ? life : { ...life, calledAgainId: null };
  }
  return { ...life, stand: null, waitsSinceAt: resumed(life, life.stand.at, at) };
}

/**
 * Somebody puts the flag off (`snoozed`), or it is put off with its kind (`shelved`), for everybody. It comes back by itself, and its
 * climb then begins anew.
 *
 * @param until later than `at`, by 8 hours at most
 * @returns refused without a reason, for a time that does not fit, and when the escalation is over
 */
export function putOff(
  life: EscalationLife,
  kind: 'snoozed' | 'shelved',
  by: { readonly byId: string; readonly until: Instant; readonly reason: string },
  at: Instant,
): EscalationLife | Refusal {
  if (life.ended !== null) {
    return over;
  }
  return whyNotPutOff(by, at) ?? { ...standing(life, at), calledAgainId: null, stand: { kind, at, ...by } };
}

/** A verdict ends the escalation. @returns unchanged when it is over */
export function settled(life: EscalationLife, at: Instant): EscalationLife {
  return life.ended === null ? { ...life, stand: null, calledAgainId: null, ended: { at, by: 'verdict' } } : life;
}

/** The verdict is taken back, and with it the claim is there again. @returns refused after a lapse, and without a verdict */
export function reopened(life: EscalationLife, byId: string, at: Instant): EscalationLife | Refusal {
  return life.ended?.by === 'verdict'
    ? { ...life, ended: null, waitsSinceAt: at, stand: { kind: 'claimed', byId, at } }
    : { refused: 'not-settled', because: 'There is no verdict to take back' };
}

/** The priority changed: quiet hours no longer hold it back, or do now. The climb goes on under the policy that it started with. */
export function withPriority(life: EscalationLife, priority: Priority): EscalationLife {
  return { ...life, priority };
}

/**
 * Somebody wants the next call now instead of waiting for it; a claim or a snooze ends with that.
 *
 * @param asOfTaken how many moves had been taken on their screen: a second press, or a late one, must not skip a step
 * @returns refused when another move was taken since, when only the lapse is left, or when it is over
 */
export function callNow(
  policy: ClimbPolicy,
  life: EscalationLife,
  asOfTaken: number,
  at: Instant,
): EscalationLife | Refusal {
  if (life.ended !== null) {
    return over;
  }
  if (life.taken !== asOfTaken) {
    return { refused: 'stale-version', because: 'The next step was taken in the meantime' };
  }
  const next = climbOf(policy)[life.taken];
  if (next === undefined || next.move.kind === 'lapse') {
    return { refused: 'not-yet-possible', because: 'Everyone has been called already' };
  }
  return { ...life, stand: null, calledAgainId: null, waitsSinceAt: plusSeconds(at, -next.waitSeconds) };
}

/** The climb as it is when it comes to a standstill: from another standstill, it goes on for no time at all. */
function standing(life: EscalationLife, at: Instant): EscalationLife {
  return life.stand === null ? life : { ...life, waitsSinceAt: resumed(life, life.stand.at, at) };
}

/** From when the wait counts, after a standstill that took nothing from what had been waited before. */
function resumed({ waitsSinceAt }: EscalationLife, stoodSinceAt: Instant, at: Instant): Instant {
  return plusSeconds(waitsSinceAt, Math.max(0, secondsBetween(stoodSinceAt, at)));
}
