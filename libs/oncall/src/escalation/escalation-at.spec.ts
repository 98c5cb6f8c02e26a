import { describe, expect, it } from '@jest/globals';
import { isRefusal, plusSeconds, secondsBetween, type EscalationLife, type Refusal } from '@watchfloor/contracts';
import fc from 'fast-check';
import { noon } from '../../../../test/builders/a-flag.ts';
import { alice, bob } from '../../../../test/builders/a-schedule.ts';
import {
  anEscalationPolicy,
  nights,
  someEscalationPolicy,
  somePriority,
} from '../../../../test/builders/an-escalation.ts';
import { climbOf } from './climb.ts';
import { escalationAt, lapsesAfterSeconds, previewClimb } from './escalation-at.ts';
import { callNow, claimed, putOff, released, reopened, settled, startEscalation, takeMove } from './escalation-life.ts';

const policy = anEscalationPolicy();
const after = (seconds: number): string => plusSeconds(noon, seconds);

function must(life: EscalationLife | Refusal): EscalationLife {
  if (isRefusal(life)) {
    throw new Error(life.because);
  }
  return life;
}

/** Takes what is due at these seconds after noon. */
function taking(life: EscalationLife, ...seconds: readonly number[]): EscalationLife {
  return seconds.reduce((before, second) => must(takeMove(policy, before, after(second))), life);
}

const started = startEscalation('P1', noon);

describe('a flag that nobody claims', () => {
  it('reaches who is on call at once, the backup after 3 minutes, the lead after 8, everyone after 12, and lapses after 15', () => {
    expect(previewClimb(policy, 'P1', noon).map(({ move, dueAt }) => [move, secondsBetween(noon, dueAt) / 60])).toEqual(
      [
        [{ kind: 'step', round: 0, step: 0 }, 0],
        [{ kind: 'step', round: 0, step: 1 }, 3],
        [{ kind: 'step', round: 0, step: 2 }, 8],
        [{ kind: 'last-call' }, 12],
        [{ kind: 'lapse' }, 15],
      ],
    );
    expect(lapsesAfterSeconds(policy)).toBe(900);
  });

  it('climbs again as often as the policy says', () => {
    const twice = previewClimb(anEscalationPolicy({ repeats: 1 }), 'P1', noon);
    expect(twice.map(({ move }) => ('round' in move ? `${move.round}.${move.step}` : move.kind))).toEqual([
      '0.0',
      '0.1',
      '0.2',
      '1.0',
      '1.1',
      '1.2',
      'last-call',
      'lapse',
    ]);
  });

  it('shows what is next, when, and how late it is', () => {
    const life = taking(started, 0);
    expect(escalationAt(policy, life, after(60))).toEqual({
      state: 'climbing',
      next: { move: { kind: 'step', round: 0, step: 1 }, dueAt: after(180), isHeldBack: false },
      overdueSeconds: 0,
    });
    expect(escalationAt(policy, life, after(200)).overdueSeconds).toBe(20);
  });

  it('gives everybody their full time after an outage: one step, not all at once', () => {
    const late = taking(started, 0, 3_600);
    expect(takeMove(policy, late, after(3_600))).toMatchObject({ refused: 'not-yet-possible' });
    expect(escalationAt(policy, late, after(3_600)).next?.dueAt).toBe(after(3_900));
  });

  it('is over when it has lapsed', () => {
    const lapsed = taking(started, 0, 180, 480, 720, 900);
    expect(lapsed.ended).toEqual({ at: after(900), by: 'lapse' });
    expect(escalationAt(policy, lapsed, after(5_000))).toEqual({ state: 'over', next: null, overdueSeconds: 0 });
    expect(claimed(lapsed, alice, after(901))).toMatchObject({ refused: 'already-settled' });
    expect(reopened(lapsed, alice, after(901))).toMatchObject({ refused: 'not-settled' });
  });

  it('waits for nobody where a step reached nobody, but never lapses early', () => {
    let life = must(takeMove(policy, started, noon, false));
    expect(escalationAt(policy, life, noon).next).toMatchObject({ move: { step: 1 }, dueAt: noon });
    life = must(takeMove(policy, life, noon, false));
    life = must(takeMove(policy, life, noon, false));
    expect(escalationAt(policy, life, noon).next).toMatchObject({ move: { kind: 'last-call' }, dueAt: noon });
    life = must(takeMove(policy, life, noon, false));
    expect(escalationAt(policy, life, noon).next).toMatchObject({ move: { kind: 'lapse' }, dueAt: after(180) });
  });
});

describe('a claim', () => {
  it('stops the climb, which goes on where it stood when the claim ends', () => {
    const life = must(claimed(taking(started, 0), alice, after(100)));
    expect(escalationAt(policy, life, after(200))).toMatchObject({ state: 'claimed', overdueSeconds: 0 });
    const back = released(life, after(400));
    expect(escalationAt(policy, back, after(400)).next?.dueAt).toBe(after(480));
  });

  it('without a verdict in time is called again, and then stops the climb no more', () => {
    const life = must(claimed(taking(started, 0), alice, after(100)));
    expect(escalationAt(policy, life, after(700))).toEqual({
      state: 'claimed',
      next: { move: { kind: 'call-again', claimantId: alice }, dueAt: after(700), isHeldBack: false },
      overdueSeconds: 0,
    });
    const again = must(takeMove(policy, life, after(700)));
    expect(claimed(again, alice, after(710))).toEqual(again);
    expect(escalationAt(policy, again, after(710)).next).toMatchObject({ move: { step: 1 }, dueAt: after(880) });
  });

  it('is not put off by being renewed, and begins anew with somebody else', () => {
    const life = must(claimed(taking(started, 0), alice, after(100)));
    expect(claimed(life, alice, after(500))).toEqual(life);
    const other = must(claimed(life, bob, after(500)));
    expect(escalationAt(policy, other, after(500)).next?.dueAt).toBe(after(1_100));
    expect(escalationAt(policy, released(other, after(600)), after(600)).next?.dueAt).toBe(after(680));
  });

  it('with its verdict ends the escalation; taken back, it runs again', () => {
    const done = settled(must(claimed(taking(started, 0), alice, after(100))), after(120));
    expect(escalationAt(policy, done, after(10_000)).state).toBe('over');
    const undone = must(reopened(done, alice, after(125)));
    expect(escalationAt(policy, undone, after(125)).next).toMatchObject({ dueAt: after(725) });
  });
});

describe('a snooze', () => {
  const by = { byId: alice, until: after(3_600), reason: 'waits for the vendor' };

  it('comes back by itself, and the climb begins anew', () => {
    const life = must(putOff(taking(started, 0, 180), 'snoozed', by, after(200)));
    expect(escalationAt(policy, life, after(300))).toMatchObject({
      state: 'snoozed',
      next: { move: { kind: 'return', from: 'snoozed' }, dueAt: after(3_600) },
    });
    const back = must(takeMove(policy, life, after(3_600)));
    expect(escalationAt(policy, back, after(3_600)).next).toMatchObject({ move: { step: 0 }, dueAt: after(3_600) });
  });

  it('is refused without a reason, for more than 8 hours, and for the past', () => {
    expect(putOff(started, 'snoozed', { ...by, reason: ' ' }, noon)).toMatchObject({ refused: 'reason-needed' });
    expect(putOff(started, 'shelved', { ...by, until: after(8 * 3_600 + 1) }, noon)).toMatchObject({
      refused: 'malformed',
    });
    expect(putOff(started, 'snoozed', { ...by, until: noon }, noon)).toMatchObject({ refused: 'malformed' });
    expect(putOff(started, 'shelved', { ...by, until: after(8 * 3_600) }, noon)).toMatchObject({
      stand: { kind: 'shelved' },
    });
  });
});

describe('calling the next one now', () => {
  it('takes no wait, once: a second press skips nobody', () => {
    const life = taking(started, 0);
    const now = must(callNow(policy, life, 1, after(10)));
    expect(escalationAt(policy, now, after(10)).next).toMatchObject({ move: { step: 1 }, dueAt: after(10) });
    const taken = taking(now, 10);
    expect(callNow(policy, taken, 1, after(11))).toMatchObject({ refused: 'stale-version' });
  });

  it('never lets a flag lapse', () => {
    expect(callNow(policy, taking(started, 0, 180, 480, 720), 4, after(721))).toMatchObject({
      refused: 'not-yet-possible',
    });
  });
});

describe('quiet hours', () => {
  const quiet = anEscalationPolicy({ quietHours: nights });
  const evening = '2026-11-22T20:58:00.000Z';

  it('hold P3 and P4 back until they are over, and let P1 and P2 through', () => {
    const dues = (priority: 'P1' | 'P2' | 'P3' | 'P4'): readonly (string | boolean)[][] =>
      previewClimb(quiet, priority, evening).map(({ dueAt, isHeldBack }) => [dueAt.slice(11, 16), isHeldBack]);
    const held = [
      ['20:58', false],
      ['06:00', true],
      ['06:05', false],
      ['06:09', false],
      ['06:12', false],
    ];
    expect(dues('P3')).toEqual(held);
    expect(dues('P4')).toEqual(held);
    expect(dues('P1').flat()).not.toContain(true);
    expect(dues('P2').map(([time]) => time)).toEqual(['20:58', '21:01', '21:06', '21:10', '21:13']);
  });
});

describe('the law of the climb', () => {
  it('takes every move once, in order, none early, whatever the delays; and lapses last', () => {
    fc.assert(
      fc.property(
        someEscalationPolicy,
        somePriority,
        fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 30, maxLength: 30 }),
        (some, priority, delays) => {
          let life = startEscalation(priority, noon);
          const kinds: string[] = [];
          let before = noon;
          for (let index = 0; life.ended === null; index += 1) {
            const { next } = escalationAt(some, life, before);
            expect(next!.dueAt >= before).toBe(true);
            expect(takeMove(some, life, plusSeconds(next!.dueAt, -0.001))).toMatchObject({
              refused: 'not-yet-possible',
            });
            before = plusSeconds(next!.dueAt, delays[index % delays.length]!);
            life = must(takeMove(some, life, before));
            kinds.push(JSON.stringify(next!.move));
          }
          expect(kinds).toEqual(climbOf(some).map(({ move }) => JSON.stringify(move)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('always has a next move until it is over: nothing is forgotten, whatever people do', () => {
    const act = fc.oneof(
      fc.constant('take' as const),
      fc.constant('claim' as const),
      fc.constant('release' as const),
      fc.constant('snooze' as const),
      fc.constant('renew' as const),
      fc.constant('call' as const),
    );
    fc.assert(
      fc.property(
        someEscalationPolicy,
        somePriority,
        fc.array(fc.tuple(act, fc.integer({ min: 0, max: 5_000 })), { maxLength: 60 }),
        (some, priority, acts) => {
          let life = startEscalation(priority, noon);
          let now = noon;
          for (const [what, seconds] of acts) {
            now = plusSeconds(now, seconds);
            const until = plusSeconds(now, 3_600);
            const tried = {
              take: () => takeMove(some, life, now),
              claim: () => claimed(life, bob, now),
              renew: () => claimed(life, alice, now),
              release: () => released(life, now),
              snooze: () => putOff(life, 'snoozed', { byId: alice, until, reason: 'later' }, now),
              call: () => callNow(some, life, life.taken, now),
            }[what]();
            life = isRefusal(tried) ? life : tried;
            const { next } = escalationAt(some, life, now);
            expect(next === null).toBe(life.ended !== null);
            // A day of quiet hours apart, nobody waits longer than the longest wait of the policy.
            if (next !== null) {
              expect(secondsBetween(now, next.dueAt)).toBeLessThanOrEqual(3_600 + 9 * 3_600);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
