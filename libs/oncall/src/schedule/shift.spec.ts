import { describe, expect, it } from '@jest/globals';
import type { Override } from '@watchfloor/contracts';
import fc from 'fast-check';
import { anId } from '../../../../test/builders/a-flag.ts';
import { aLayer, alice, dave, oddZones, someRotation } from '../../../../test/builders/a-schedule.ts';
import { followShifts, shiftOf } from './shift.ts';
import { zoneClock } from './zone-clock.ts';

const zones = { before: 'Europe/Stockholm', after: 'Europe/Stockholm' };
const forShift = (shift: number): Override => ({
  id: anId(41),
  kind: 'replace',
  personId: alice,
  byId: dave,
  when: { kind: 'shift', layerId: anId(21), shift },
});

describe('an override bound to a shift', () => {
  it('stays with its shift when the hand-off moves by an hour, or the first day by one', () => {
    expect(followShifts([forShift(6)], aLayer(), aLayer({}, { handOffAt: '10:00' }), zones)).toEqual([forShift(6)]);
    expect(followShifts([forShift(6)], aLayer(), aLayer({}, { startsOn: '2026-01-06' }), zones)).toEqual([forShift(6)]);
  });

  it('stays where it was when the shifts are numbered anew', () => {
    expect(followShifts([forShift(6)], aLayer(), aLayer({}, { startsOn: '2026-02-02' }), zones)).toEqual([forShift(2)]);
    expect(followShifts([forShift(1)], aLayer(), aLayer({}, { unit: 'day' }), zones)).toEqual([forShift(10)]);
    expect(followShifts([forShift(1)], aLayer(), aLayer({}, { startsOn: '2026-06-01' }), zones)).toEqual([forShift(0)]);
  });

  it('leaves the overrides of other layers alone, and those over a stretch', () => {
    const swap: Override = {
      id: anId(42),
      kind: 'swap',
      first: { personId: alice, when: { kind: 'shift', layerId: anId(22), shift: 3 } },
      second: {
        personId: dave,
        when: { kind: 'stretch', from: '2026-02-01T00:00:00.000Z', until: '2026-02-02T00:00:00.000Z' },
      },
    };
    expect(followShifts([swap], aLayer(), aLayer({}, { startsOn: '2026-02-02' }), zones)).toEqual([swap]);
  });
});

describe('the shifts of a rotation', () => {
  it('follow each other without gap or overlap, in every odd zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...oddZones),
        someRotation,
        fc.integer({ min: 0, max: 3_000 }),
        (zone, rotation, n) => {
          const clock = zoneClock(zone);
          const shift = shiftOf(aLayer({}, rotation), n, clock);
          expect(shiftOf(aLayer({}, rotation), n + 1, clock).from).toBe(shift.until);
          expect(shift.from <= shift.until).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
