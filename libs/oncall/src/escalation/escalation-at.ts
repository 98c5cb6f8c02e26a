import { secondsBetween, type EscalationLife, type Instant, type Move, type Priority } from '@watchfloor/contracts';
import { climbOf, type ClimbPolicy } from './climb.ts';
import { startEscalation, takeMove } from './escalation-life.ts';
import { nextMove } from './next-move.ts';

/** What is next in the escalation of a flag. */
export interface EscalationNow {
  readonly state: 'climbing' | 'claimed' | 'snoozed' | 'shelved' | 'over';
  readonly next: PlannedMove | null;
  /** How late the next move is; 0 while its time has not come. */
  readonly overdueSeconds: number;
}

export interface PlannedMove {
  readonly move: Move;
  readonly dueAt: Instant;
  /** It would be due earlier, were it not for quiet hours. */
  readonly isHeldBack: boolean;
}

/**
 * Which move is next, when, and whether it is overdue: the engine takes what is due, the console counts down to it.
 *
 * Each wait counts from the moment at which the move before it was really taken. After an outage everybody still has their full
 * time, and a clock that jumps ahead lets one move happen, not all of them.
 *
 * @param policy the copy that the flag started with
 */
export function escalationAt(policy: ClimbPolicy, life: EscalationLife, instant: Instant): EscalationNow {
  const next = nextMove(policy, life);
  return {
    state: life.ended === null ? (life.stand?.kind ?? 'climbing') : 'over',
    next,
    overdueSeconds: next === null ? 0 : Math.max(0, secondsBetween(next.dueAt, instant)),
  };
}

/**
 * The whole climb of a flag that nobody answers, if every move is taken on time.
 *
 * @returns in order of time; the last is the lapse
 */
export function previewClimb(policy: ClimbPolicy, priority: Priority, startsAt: Instant): readonly PlannedMove[] {
  let life = startEscalation(priority, startsAt);
  return climbOf(policy).flatMap(() => {
    const next = nextMove(policy, life);
    if (next === null) {
      return [];
    }
    const taken = takeMove(policy, life, next.dueAt);
    life = 'refused' in taken ? life : taken;
    return [next];
  });
}

/** The moment until which a flag that starts now will have lapsed, were nobody to answer and nothing quiet. */
export function lapsesAfterSeconds(policy: ClimbPolicy): number {
  return climbOf(policy).reduce((sum, { waitSeconds }) => sum + waitSeconds, 0);
}
