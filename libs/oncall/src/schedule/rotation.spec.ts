import { describe, expect, it } from '@jest/globals';
import { instantOf, type Rotation } from '@watchfloor/contracts';
import { aLayer } from '../../../../test/builders/a-schedule.ts';
import { shiftAt, shiftOf } from './shift.ts';
import { zoneClock } from './zone-clock.ts';

/** Moments in Chicago: -06:00 in winter, -05:00 in summer. */
const winter = (time: string): string => new Date(`${time}-06:00`).toISOString();
const summer = (time: string): string => new Date(`${time}-05:00`).toISOString();
const clock = zoneClock('America/Chicago');

function firstShift(unit: Rotation['unit'], length: number, start: string): { from: string; until: string } {
  const [startsOn = '', handOffAt = ''] = start.split('T');
  return shiftOf(aLayer({}, { unit, length, startsOn, handOffAt }), 0, clock);
}

describe('a shift', () => {
  // The examples that GoAlert publishes for its rotations (schedule/rotation/rotation_test.go).
  it.each([
    ['week', 1, '2017-06-10T08:00', summer('2017-06-10T08:00'), summer('2017-06-17T08:00'), 168],
    ['week', 2, '2017-06-10T08:00', summer('2017-06-10T08:00'), summer('2017-06-24T08:00'), 336],
    ['week', 1, '2017-03-10T08:00', winter('2017-03-10T08:00'), summer('2017-03-17T08:00'), 167],
    ['week', 1, '2017-11-04T08:00', summer('2017-11-04T08:00'), winter('2017-11-11T08:00'), 169],
    ['day', 1, '2017-06-10T08:00', summer('2017-06-10T08:00'), summer('2017-06-11T08:00'), 24],
    ['day', 2, '2017-06-10T08:00', summer('2017-06-10T08:00'), summer('2017-06-12T08:00'), 48],
    ['day', 1, '2017-03-11T08:00', winter('2017-03-11T08:00'), summer('2017-03-12T08:00'), 23],
    ['day', 1, '2017-11-04T08:00', summer('2017-11-04T08:00'), winter('2017-11-05T08:00'), 25],
    ['hour', 1, '2017-06-10T08:00', summer('2017-06-10T08:00'), summer('2017-06-10T09:00'), 1],
    ['hour', 2, '2017-06-10T08:00', summer('2017-06-10T08:00'), summer('2017-06-10T10:00'), 2],
    ['hour', 3, '2017-03-12T00:00', winter('2017-03-12T00:00'), summer('2017-03-12T03:00'), 2],
    ['hour', 3, '2017-11-05T00:00', summer('2017-11-05T00:00'), winter('2017-11-05T03:00'), 4],
  ] as const)('of %s x %i from %s ends on the clock', (unit, length, start, from, until, hours) => {
    const shift = firstShift(unit, length, start);
    expect([shift.from, shift.until]).toEqual([from, until]);
    expect((Date.parse(until) - Date.parse(from)) / 3_600_000).toBe(hours);
  });

  it('of an hour that is put back lasts two hours', () => {
    const hourly = aLayer({}, { unit: 'hour', startsOn: '2017-01-01', handOffAt: '01:00' });
    const shift = shiftAt(hourly, summer('2017-11-05T01:00'), clock);
    expect([shift?.from, shift?.until]).toEqual([summer('2017-11-05T01:00'), winter('2017-11-05T02:00')]);
  });

  it('of an hour that is jumped over does not take place', () => {
    const hourly = aLayer({}, { unit: 'hour', startsOn: '2018-03-11', handOffAt: '00:00' });
    const jump = winter('2018-03-11T02:00');
    expect(shiftOf(hourly, 2, clock)).toMatchObject({ from: jump, until: jump });
    expect(shiftAt(hourly, jump, clock)?.number).toBe(3);
    expect(shiftAt(hourly, instantOf(Date.parse(jump) - 1), clock)?.number).toBe(1);
  });

  it('is none before the rotation has begun', () => {
    expect(shiftAt(aLayer(), '2026-01-05T14:59:00.000Z', clock)).toBeUndefined();
    expect(shiftAt(aLayer(), '2026-01-05T15:00:00.000Z', clock)?.number).toBe(0);
  });
});
