import { describe, expect, it } from '@jest/globals';
import type { Target } from '@watchfloor/contracts';
import { anId } from '../../../../test/builders/a-flag.ts';
import { aLayer, alice, aSchedule, bob, businessHours, carol, dave } from '../../../../test/builders/a-schedule.ts';
import { anEscalationPolicy, backup, primary, team } from '../../../../test/builders/an-escalation.ts';
import { targetsOf } from './climb.ts';
import { policyFor, whomToCall, type Roster } from './whom-to-call.ts';

const saturday = '2026-01-10T12:00:00.000Z';
const roster: Roster = {
  schedules: new Map([
    [primary, aSchedule()],
    [backup, aSchedule({ layers: [aLayer({ hours: [businessHours] })] })],
  ]),
  teams: new Map([
    [team, { memberIds: [alice, bob, carol] }],
    [anId(52), { memberIds: [] }],
  ]),
};
const onCall: Target = { kind: 'schedule', scheduleId: primary };
const everyone: Target = { kind: 'team', teamId: team };

describe('whom to call', () => {
  it('is each person once, with every target that leads to them', () => {
    expect(whomToCall([onCall, everyone, { kind: 'channel', channelId: anId(71) }], roster, saturday)).toEqual({
      people: [
        { personId: alice, by: [onCall, everyone] },
        { personId: bob, by: [everyone] },
        { personId: carol, by: [everyone] },
      ],
      channelIds: [anId(71)],
      inVain: [],
    });
  });

  it('names the targets that reach nobody: a gap, an empty team, what is gone', () => {
    const inVain: Target[] = [
      { kind: 'schedule', scheduleId: backup },
      { kind: 'team', teamId: anId(52) },
      { kind: 'schedule', scheduleId: anId(99) },
    ];
    expect(whomToCall(inVain, roster, saturday)).toEqual({ people: [], channelIds: [], inVain });
  });

  it('is both when a claim is called again: who holds it, and who is on call now', () => {
    const policy = anEscalationPolicy();
    const targets = targetsOf(policy, { kind: 'call-again', claimantId: dave }, 1);
    const called = whomToCall(targets, roster, saturday, [dave]);
    expect(called.people.map(({ personId }) => personId)).toEqual([dave, alice]);
    expect(targetsOf(policy, { kind: 'call-again', claimantId: dave }, 3)).toEqual(policy.steps[2]?.targets);
    expect(targetsOf(policy, { kind: 'call-again', claimantId: dave }, 0)).toEqual(policy.steps[0]?.targets);
  });
});

describe('the escalation policy of a flag', () => {
  it('is its stream\u2019s own, or else the one of its priority', () => {
    const ofPriority = { P1: anId(81), P2: anId(82), P3: null, P4: null };
    expect(policyFor(null, ofPriority, 'P1')).toBe(anId(81));
    expect(policyFor(null, ofPriority, 'P3')).toBeNull();
    expect(policyFor(anId(83), ofPriority, 'P3')).toBe(anId(83));
  });
});
