import type { Policy, Refusal } from '@watchfloor/contracts';

/**
 * What a policy may name one day and this version cannot keep: a promise that nobody keeps is worse than none.
 *
 * @returns why the policy is refused, undefined when all of it can be kept
 */
export function notYetPossible({ autonomy, escalationPolicyId }: Policy): Refusal | undefined {
  if (autonomy === 'gated' || autonomy === 'stopped') {
    const because = `this version cannot hold predictions back yet, so that a stream cannot be ${autonomy}`;
    return { refused: 'not-yet-possible', because };
  }
  if (escalationPolicyId !== null) {
    return { refused: 'not-yet-possible', because: 'this version has no escalation policies yet' };
  }
  return undefined;
}
