import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { oddZones } from '../../../../test/builders/a-schedule.ts';
import { zoneClock } from './zone-clock.ts';

const minute = 60_000;
const at = (utc: string): number => Date.parse(`${utc}Z`);
/** A reading of the clock has the form of a moment in UTC. */
const reading = at;

describe('the clock of a zone', () => {
  it('shows what the zone shows on a usual day', () => {
    const clock = zoneClock('Europe/Stockholm');
    expect(clock.readingAt(at('2026-06-01T12:00'))).toBe(reading('2026-06-01T14:00'));
    expect(clock.firstAt(reading('2026-06-01T14:00'))).toBe(at('2026-06-01T12:00'));
  });

  it('jumps with the zone: what lies in the gap begins when the gap ends', () => {
    const clock = zoneClock('Europe/Stockholm');
    expect(clock.readingAt(at('2026-03-29T00:59'))).toBe(reading('2026-03-29T01:59'));
    expect(clock.readingAt(at('2026-03-29T01:00'))).toBe(reading('2026-03-29T03:00'));
    for (const time of ['02:00', '02:30', '02:59', '03:00']) {
      expect(clock.firstAt(reading(`2026-03-29T${time}`))).toBe(at('2026-03-29T01:00'));
    }
    expect(clock.firstAt(reading('2026-03-29T03:01'))).toBe(at('2026-03-29T01:01'));
  });

  it('stands still where the zone puts its clock back: what lies in the fold begins the first time', () => {
    const clock = zoneClock('Europe/Stockholm');
    expect(clock.firstAt(reading('2026-10-25T02:30'))).toBe(at('2026-10-25T00:30'));
    expect(clock.readingAt(at('2026-10-25T00:59'))).toBe(reading('2026-10-25T02:59'));
    expect(clock.readingAt(at('2026-10-25T01:00'))).toBe(reading('2026-10-25T02:59:59.999'));
    expect(clock.readingAt(at('2026-10-25T01:59'))).toBe(reading('2026-10-25T02:59:59.999'));
    expect(clock.firstAt(reading('2026-10-25T03:00'))).toBe(at('2026-10-25T02:00'));
    expect(clock.firstAt(reading('2026-10-25T03:01'))).toBe(at('2026-10-25T02:01'));
  });

  it('knows the half hour of Lord Howe', () => {
    const clock = zoneClock('Australia/Lord_Howe');
    // From +10:30 to +11:00 at 02:00, and back at 02:00 to 01:30.
    expect(clock.firstAt(reading('2026-10-04T02:15'))).toBe(at('2026-10-03T15:30'));
    expect(clock.readingAt(at('2026-10-03T15:30'))).toBe(reading('2026-10-04T02:30'));
    expect(clock.firstAt(reading('2026-04-05T01:45'))).toBe(at('2026-04-04T14:45'));
    expect(clock.readingAt(at('2026-04-04T15:10'))).toBe(reading('2026-04-05T01:59:59.999'));
    expect(clock.firstAt(reading('2026-04-05T02:00'))).toBe(at('2026-04-04T15:30'));
  });

  it('knows a day that never was: 30 December 2011 in Samoa', () => {
    const clock = zoneClock('Pacific/Apia');
    expect(clock.firstAt(reading('2011-12-30T09:00'))).toBe(at('2011-12-30T10:00'));
    expect(clock.firstAt(reading('2011-12-31T00:00'))).toBe(at('2011-12-30T10:00'));
  });

  it('never goes back, and each of its readings has one first moment, in every odd zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...oddZones),
        fc.integer({ min: at('2025-01-01T00:00') / minute, max: at('2028-01-01T00:00') / minute }),
        fc.integer({ min: 0, max: 3_000 }),
        (zone, minutes, later) => {
          const clock = zoneClock(zone);
          const moment = minutes * minute;
          const shown = clock.readingAt(moment);
          expect(clock.readingAt(moment + later * minute)).toBeGreaterThanOrEqual(shown);
          const first = clock.firstAt(shown);
          expect(first).toBeLessThanOrEqual(moment);
          expect(clock.readingAt(first)).toBe(shown);
          expect(clock.readingAt(first - 1)).toBeLessThan(shown);
        },
      ),
      { numRuns: 500 },
    );
  });
});
