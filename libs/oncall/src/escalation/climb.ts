import type { EscalationPolicySettings, EscalationStep, Move } from '@watchfloor/contracts';

/** What the climb needs of an escalation policy: the copy that the flag started with. */
export type ClimbPolicy = Pick<
  EscalationPolicySettings,
  'steps' | 'repeats' | 'lastCall' | 'verdictWithinSeconds' | 'quietHours'
>;

/** A move of the climb and how long it waits after the one before it (the first: after the start). */
export interface ClimbMove {
  readonly move: Move;
  readonly waitSeconds: number;
}

/** All moves of a climb that nobody stops: the steps, once and then `repeats` times more, the last call, the lapse. */
export function climbOf({ steps, repeats, lastCall }: ClimbPolicy): readonly ClimbMove[] {
  const rounds = Array.from({ length: repeats + 1 }, (_none, round) =>
    steps.map(({ waitSeconds }, step) => ({ move: { kind: 'step', round, step } as const, waitSeconds })),
  );
  const calls = [...rounds.flat(), { move: { kind: 'last-call' } as const, waitSeconds: lastCall.waitSeconds }];
  return [...calls, { move: { kind: 'lapse' } as const, waitSeconds: 0 }].map(({ move }, index) => ({
    move,
    waitSeconds: calls[index - 1]?.waitSeconds ?? 0,
  }));
}

/**
 * Whom a move calls, as the policy names them. A call about a claim goes to the targets of the step that was taken last, and so
 * to whoever is on call now; its claimant comes on top.
 *
 * @param taken how many moves of the climb were taken before this one
 */
export function targetsOf(policy: ClimbPolicy, move: Move, taken: number): EscalationStep['targets'] {
  switch (move.kind) {
    case 'step':
      return policy.steps[move.step]?.targets ?? [];
    case 'last-call':
      return policy.lastCall.targets;
    case 'call-again': {
      const last = climbOf(policy)[Math.max(0, taken - 1)]?.move;
      return last === undefined || last.kind === 'call-again' ? [] : targetsOf(policy, last, taken);
    }
    case 'lapse':
    case 'return':
      return [];
  }
}
