import { plusSeconds, type EscalationLife, type Instant, type Move } from '@watchfloor/contracts';
import { climbOf, type ClimbPolicy } from './climb.ts';
import { afterQuiet, waitsInQuietHours } from './quiet-hours.ts';

/** The next move of an escalation, and when it is due; null when it is over. */
export function nextMove(
  policy: ClimbPolicy,
  life: EscalationLife,
): { readonly move: Move; readonly dueAt: Instant; readonly isHeldBack: boolean } | null {
  const found = life.ended === null ? withoutQuiet(policy, life) : undefined;
  if (found === undefined) {
    return null;
  }
  const mayWait = waitsInQuietHours(life.priority) && found.move.kind !== 'return';
  const dueAt = policy.quietHours !== null && mayWait ? afterQuiet([policy.quietHours], found.dueAt) : found.dueAt;
  return { move: found.move, dueAt, isHeldBack: dueAt !== found.dueAt };
}

function withoutQuiet(
  policy: ClimbPolicy,
  { stand, taken, waitsSinceAt }: EscalationLife,
): { readonly move: Move; readonly dueAt: Instant } | undefined {
  if (stand === null) {
    const next = climbOf(policy)[taken];
    return next === undefined ? undefined : { move: next.move, dueAt: plusSeconds(waitsSinceAt, next.waitSeconds) };
  }
  return stand.kind === 'claimed'
    ? {
        move: { kind: 'call-again', claimantId: stand.byId },
        dueAt: plusSeconds(stand.at, policy.verdictWithinSeconds),
      }
    : { move: { kind: 'return', from: stand.kind }, dueAt: stand.until };
}
