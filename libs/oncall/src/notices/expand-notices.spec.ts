import { describe, expect, it } from '@jest/globals';
import { plusSeconds, secondsBetween, type ContactMethod, type NotificationRules } from '@watchfloor/contracts';
import fc from 'fast-check';
import { anId, noon } from '../../../../test/builders/a-flag.ts';
import { alice, bob } from '../../../../test/builders/a-schedule.ts';
import { nights, somePriority } from '../../../../test/builders/an-escalation.ts';
import { expandNotices, type Page } from './expand-notices.ts';

const push = aMethod(1, 'push');
const mail = aMethod(2, 'email');
const all = ['P1', 'P2', 'P3', 'P4'] as const;
const settings: NotificationRules = {
  rules: [
    { afterSeconds: 0, contactMethodId: push.id, priorities: [...all] },
    { afterSeconds: 60, contactMethodId: mail.id, priorities: ['P1', 'P2', 'P3'] },
  ],
  quietHours: null,
};
const page: Page = { id: anId(91), at: noon, priority: 'P2', quietHours: [] };
const person = { personId: alice, settings, contactMethods: [push, mail] };

function aMethod(number: number, kind: ContactMethod['kind'], changes: Partial<ContactMethod> = {}): ContactMethod {
  return {
    id: anId(100 + number),
    personId: alice,
    kind,
    name: kind,
    address: 'alice@example.org',
    verifiedAt: noon,
    disabledAt: null,
    ...changes,
  };
}

function dues(expansion: ReturnType<typeof expandNotices>): readonly (readonly [string, number])[] {
  return expansion.notices.map(({ kind, dueAt }) => [kind, secondsBetween(noon, dueAt)]);
}

describe('the notices of a page', () => {
  it('follow the rules of the person, and the console is told at once', () => {
    expect(dues(expandNotices(person, page))).toEqual([
      ['console', 0],
      ['push', 0],
      ['email', 60],
    ]);
    expect(dues(expandNotices(person, { ...page, priority: 'P4' }))).toEqual([
      ['console', 0],
      ['push', 0],
    ]);
  });

  it('leave out ways that are not verified, disabled, or somebody else\u2019s, and say so', () => {
    const contactMethods = [
      { ...push, verifiedAt: null },
      { ...mail, disabledAt: noon },
    ];
    const expansion = expandNotices({ ...person, contactMethods }, page);
    expect(expansion.idleRules).toEqual([
      { rule: 0, because: 'unverified' },
      { rule: 1, because: 'disabled' },
    ]);
    expect(dues(expansion)).toEqual([['console', 0]]);
    const others = expandNotices({ ...person, contactMethods: [{ ...push, personId: bob }, mail] }, page);
    expect(others.idleRules).toEqual([{ rule: 0, because: 'unknown' }]);
  });

  it('go every verified way at once where no rule leads anywhere', () => {
    const expansion = expandNotices({ ...person, settings: { rules: [], quietHours: null } }, page);
    expect(expansion.isFallback).toBe(true);
    expect(dues(expansion)).toEqual([
      ['console', 0],
      ['push', 0],
      ['email', 0],
    ]);
  });

  it('wait for the end of quiet hours with P3 and P4, and come once by each way then', () => {
    const late = '2026-11-22T21:30:00.000Z';
    const rules = [...settings.rules, { afterSeconds: 300, contactMethodId: push.id, priorities: [...all] }];
    const asleep = { ...person, settings: { rules, quietHours: nights } };
    const held = expandNotices(asleep, { ...page, at: late, priority: 'P3' });
    expect(held.notices.map(({ kind, dueAt, isHeldBack }) => [kind, dueAt, isHeldBack])).toEqual([
      ['console', late, false],
      ['push', '2026-11-23T06:00:00.000Z', true],
      ['email', '2026-11-23T06:00:00.000Z', true],
    ]);
    expect(held.notices[1]?.id).toContain('rule-0');
    expect(
      expandNotices(asleep, { ...page, at: late, priority: 'P2' }).notices.some((notice) => notice.isHeldBack),
    ).toBe(false);
    const bySchedule = expandNotices(person, { ...page, at: late, priority: 'P4', quietHours: [nights] });
    expect(bySchedule.notices.at(-1)?.dueAt).toBe('2026-11-23T06:00:00.000Z');
  });

  it('have ids of their own, the same at every expansion; none is due before the page', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            afterSeconds: fc.integer({ min: 0, max: 86_400 }),
            contactMethodId: fc.constantFrom(push.id, mail.id, anId(109)),
            priorities: fc.uniqueArray(somePriority, { minLength: 1 }),
          }),
          { maxLength: 15 },
        ),
        somePriority,
        fc.constantFrom(null, nights),
        fc.integer({ min: 0, max: 86_400 }),
        (rules, priority, quietHours, seconds) => {
          const own = { ...person, settings: { rules, quietHours } };
          const one = { ...page, at: plusSeconds(noon, seconds), priority };
          const { notices } = expandNotices(own, one);
          expect(expandNotices(own, one).notices).toEqual(notices);
          expect(new Set(notices.map(({ id }) => id)).size).toBe(notices.length);
          expect(notices.every(({ dueAt }) => dueAt >= one.at)).toBe(true);
          expect(notices.filter(({ kind }) => kind !== 'console').length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 150 },
    );
  });
});
