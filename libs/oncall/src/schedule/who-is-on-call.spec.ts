import { describe, expect, it } from '@jest/globals';
import type { Duty, Override } from '@watchfloor/contracts';
import { anId } from '../../../../test/builders/a-flag.ts';
import { aLayer, alice, aSchedule, bob, businessHours, carol, dave } from '../../../../test/builders/a-schedule.ts';
import { peopleOf, whoIsOnCall } from './who-is-on-call.ts';

const monday = '2026-01-05T12:00:00.000Z';
const nextMonday = '2026-01-12T12:00:00.000Z';
const saturday = '2026-01-10T12:00:00.000Z';
const names = (duties: readonly Duty[]): readonly string[] => peopleOf(duties);

function withOverrides(...overrides: readonly Override[]): ReturnType<typeof aSchedule> {
  return aSchedule({ overrides: [...overrides] });
}

describe('who is on call', () => {
  it('is the one whose turn it is, from the hand-off on', () => {
    const schedule = aSchedule();
    expect(names(whoIsOnCall(schedule, '2026-01-12T07:59:59.999Z'))).toEqual([alice]);
    expect(names(whoIsOnCall(schedule, '2026-01-12T08:00:00.000Z'))).toEqual([bob]);
    expect(names(whoIsOnCall(schedule, '2026-01-19T08:00:00.000Z'))).toEqual([alice]);
  });

  it('is nobody before the rotation begins', () => {
    expect(whoIsOnCall(aSchedule(), '2026-01-05T07:59:59.000Z')).toEqual([]);
  });

  it('is said with the reason: layer, shift, override', () => {
    expect(whoIsOnCall(aSchedule(), nextMonday)).toEqual([
      { personId: bob, layerId: anId(21), shift: 1, overrideId: null },
    ]);
  });

  it('is the higher layer in its hours, and the lower one otherwise', () => {
    const days = aLayer({ id: anId(22), hours: [businessHours] }, { participants: [carol] });
    const schedule = aSchedule({ layers: [aLayer(), days] });
    expect(names(whoIsOnCall(schedule, monday))).toEqual([carol]);
    expect(names(whoIsOnCall(schedule, saturday))).toEqual([alice]);
    expect(names(whoIsOnCall(schedule, '2026-01-05T16:00:00.000Z'))).toEqual([alice]);
  });

  it('is both where a layer joins', () => {
    const beside = aLayer({ id: anId(22), joins: true }, { participants: [carol] });
    expect(names(whoIsOnCall(aSchedule({ layers: [aLayer(), beside] }), monday))).toEqual([alice, carol]);
  });

  it('has hours that go past midnight', () => {
    const nights = aLayer({ hours: [{ days: [5], from: '22:00', until: '06:00' }] });
    const schedule = aSchedule({ layers: [nights] });
    expect(names(whoIsOnCall(schedule, '2026-01-09T21:00:00.000Z'))).toEqual([alice]);
    expect(names(whoIsOnCall(schedule, '2026-01-10T04:59:00.000Z'))).toEqual([alice]);
    expect(whoIsOnCall(schedule, '2026-01-10T05:00:00.000Z')).toEqual([]);
  });

  it('keeps to the time in which a layer is in force', () => {
    const layer = aLayer({ from: '2026-01-06T00:00:00.000Z', until: '2026-01-07T00:00:00.000Z' });
    const schedule = aSchedule({ layers: [layer] });
    expect(whoIsOnCall(schedule, monday)).toEqual([]);
    expect(names(whoIsOnCall(schedule, '2026-01-06T00:00:00.000Z'))).toEqual([alice]);
    expect(whoIsOnCall(schedule, '2026-01-07T00:00:00.000Z')).toEqual([]);
  });
});

describe('an override', () => {
  const when = { kind: 'stretch', from: '2026-01-05T11:00:00.000Z', until: '2026-01-05T13:00:00.000Z' } as const;
  const id = anId(41);

  it('adds somebody, once', () => {
    const schedule = withOverrides(
      { id, kind: 'add', personId: dave, when },
      { id: anId(42), kind: 'add', personId: dave, when },
    );
    expect(names(whoIsOnCall(schedule, monday))).toEqual([alice, dave]);
    expect(whoIsOnCall(schedule, monday)).toHaveLength(2);
    expect(names(whoIsOnCall(schedule, '2026-01-05T13:00:00.000Z'))).toEqual([alice]);
  });

  it('removes the one it names and nobody else', () => {
    expect(whoIsOnCall(withOverrides({ id, kind: 'remove', personId: alice, when }), monday)).toEqual([]);
    expect(names(whoIsOnCall(withOverrides({ id, kind: 'remove', personId: bob, when }), monday))).toEqual([alice]);
  });

  it('replaces the one it names, and says so', () => {
    expect(whoIsOnCall(withOverrides({ id, kind: 'replace', personId: alice, byId: dave, when }), monday)).toEqual([
      { personId: dave, layerId: anId(21), shift: 0, overrideId: id },
    ]);
  });

  it('applies to what those before it left', () => {
    const schedule = withOverrides(
      { id, kind: 'replace', personId: alice, byId: dave, when },
      { id: anId(42), kind: 'replace', personId: dave, byId: carol, when },
    );
    expect(names(whoIsOnCall(schedule, monday))).toEqual([carol]);
  });

  it('swaps two shifts', () => {
    const shift = (number: number) => ({ kind: 'shift', layerId: anId(21), shift: number }) as const;
    const schedule = withOverrides({
      id,
      kind: 'swap',
      first: { personId: alice, when: shift(0) },
      second: { personId: bob, when: shift(1) },
    });
    expect(names(whoIsOnCall(schedule, monday))).toEqual([bob]);
    expect(names(whoIsOnCall(schedule, nextMonday))).toEqual([alice]);
    expect(names(whoIsOnCall(schedule, '2026-01-19T12:00:00.000Z'))).toEqual([alice]);
  });

  it('bound to a shift leaves the shifts of other layers alone', () => {
    const when = { kind: 'shift', layerId: anId(22), shift: 0 } as const;
    const beside = aLayer({ id: anId(22), joins: true });
    const override: Override = { id, kind: 'replace', personId: alice, byId: dave, when };
    expect(whoIsOnCall(aSchedule({ layers: [aLayer(), beside], overrides: [override] }), monday)).toEqual([
      { personId: alice, layerId: anId(21), shift: 0, overrideId: null },
      { personId: dave, layerId: anId(22), shift: 0, overrideId: id },
    ]);
  });

  it('bound to a shift moves with it when the hand-off moves', () => {
    const override: Override = {
      id,
      kind: 'replace',
      personId: alice,
      byId: dave,
      when: { kind: 'shift', layerId: anId(21), shift: 0 },
    };
    const early = '2026-01-12T07:30:00.000Z';
    expect(names(whoIsOnCall(withOverrides(override), early))).toEqual([dave]);
    const earlier = aSchedule({ layers: [aLayer({}, { handOffAt: '08:00' })], overrides: [override] });
    expect(names(whoIsOnCall(earlier, early))).toEqual([bob]);
    expect(names(whoIsOnCall(earlier, '2026-01-12T06:59:00.000Z'))).toEqual([dave]);
  });
});
