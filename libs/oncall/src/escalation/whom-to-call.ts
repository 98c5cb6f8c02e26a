import type { Instant, PolicyOfPriority, Priority, Schedule, Target, Team } from '@watchfloor/contracts';
import { peopleOf, whoIsOnCall, type OnCallPlan } from '../schedule/who-is-on-call.ts';

/** Schedules and teams by their ids, as they are now: the policy is frozen, who is on call is not. */
export interface Roster {
  readonly schedules: ReadonlyMap<Schedule['id'], OnCallPlan>;
  readonly teams: ReadonlyMap<Team['id'], Pick<Team, 'memberIds'>>;
}

/** Whom a call reaches, and by which targets: the stored answer to "why was I paged?". */
export interface Called {
  readonly people: readonly { readonly personId: string; readonly by: readonly Target[] }[];
  readonly channelIds: readonly string[];
  /** Targets that reach nobody: a gap, an empty team, something that is gone. */
  readonly inVain: readonly Target[];
}

/**
 * The people and channels behind some targets, each once, in the order of the targets.
 *
 * @param alsoIds people to call besides, such as whoever holds the claim
 */
export function whomToCall(
  targets: readonly Target[],
  roster: Roster,
  instant: Instant,
  alsoIds: readonly string[] = [],
): Called {
  const people = new Map<string, Target[]>(alsoIds.map((personId) => [personId, []]));
  const channelIds = new Set<string>();
  const inVain: Target[] = [];
  for (const target of targets) {
    if (target.kind === 'channel') {
      channelIds.add(target.channelId);
      continue;
    }
    const reached = peopleBehind(target, roster, instant);
    reached.forEach((personId) => people.set(personId, [...(people.get(personId) ?? []), target]));
    if (reached.length === 0) {
      inVain.push(target);
    }
  }
  return {
    people: [...people].map(([personId, by]) => ({ personId, by })),
    channelIds: [...channelIds],
    inVain,
  };
}

function peopleBehind(
  target: Exclude<Target, { readonly kind: 'channel' }>,
  { schedules, teams }: Roster,
  instant: Instant,
): readonly string[] {
  switch (target.kind) {
    case 'person':
      return [target.personId];
    case 'team':
      return teams.get(target.teamId)?.memberIds ?? [];
    case 'schedule': {
      const plan = schedules.get(target.scheduleId);
      return plan === undefined ? [] : peopleOf(whoIsOnCall(plan, instant));
    }
  }
}

/** Which escalation policy a flag starts with: its stream's own, or else the one of its priority; null for none. */
export function policyFor(ownPolicyId: string | null, ofPriority: PolicyOfPriority, priority: Priority): string | null {
  return ownPolicyId ?? ofPriority[priority];
}
