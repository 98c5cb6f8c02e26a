import { describe, expect, it } from '@jest/globals';
import { instantOf, type QuietHours } from '@watchfloor/contracts';
import fc from 'fast-check';
import { oddZones } from '../../../../test/builders/a-schedule.ts';
import { nights } from '../../../../test/builders/an-escalation.ts';
import { isWithin } from '../schedule/weekly-hours.ts';
import { zoneClock } from '../schedule/zone-clock.ts';
import { afterQuiet } from './quiet-hours.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];

describe('quiet hours', () => {
  it('end at their time on the clock of their zone, on days when clocks change too', () => {
    expect(afterQuiet([nights], '2026-11-22T23:00:00.000Z')).toBe('2026-11-23T06:00:00.000Z');
    expect(afterQuiet([nights], '2026-03-28T23:00:00.000Z')).toBe('2026-03-29T05:00:00.000Z');
    expect(afterQuiet([nights], '2026-11-22T12:00:00.000Z')).toBe('2026-11-22T12:00:00.000Z');
    expect(afterQuiet([], '2026-11-22T23:00:00.000Z')).toBe('2026-11-22T23:00:00.000Z');
  });

  it('of the person and of the schedule both count', () => {
    const mornings: QuietHours = { timeZone: 'UTC', hours: [{ days: everyDay, from: '05:00', until: '09:30' }] };
    expect(afterQuiet([nights, mornings], '2026-11-22T23:00:00.000Z')).toBe('2026-11-23T09:30:00.000Z');
  });

  it('that never end hold nothing back', () => {
    const always: QuietHours = { timeZone: 'UTC', hours: [{ days: everyDay, from: '00:00', until: '00:00' }] };
    expect(afterQuiet([always], '2026-11-22T23:00:00.000Z')).toBe('2026-11-22T23:00:00.000Z');
  });

  it('give the first moment that is not quiet', () => {
    const hour = fc.integer({ min: 0, max: 23 }).map((h) => `${String(h).padStart(2, '0')}:30`);
    fc.assert(
      fc.property(
        fc.constantFrom(...oddZones),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 }),
        hour,
        hour,
        fc.integer({ min: 0, max: 600 * 24 * 60 }),
        (timeZone, days, from, until, minutes) => {
          const hours = [{ days, from, until }];
          const start = instantOf(Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000);
          const free = afterQuiet([{ timeZone, hours }], start);
          const clock = zoneClock(timeZone);
          expect(isWithin(hours, clock.readingAt(Date.parse(free)))).toBe(false);
          for (let at = Date.parse(start); at < Date.parse(free); at += 15 * 60_000) {
            expect(isWithin(hours, clock.readingAt(at))).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
