import { epochMsOf, instantOf, type Instant, type Priority, type QuietHours } from '@watchfloor/contracts';
import { hoursAround } from '../schedule/weekly-hours.ts';
import { zoneClock, type ZoneClock } from '../schedule/zone-clock.ts';

const weekMs = 7 * 24 * 3_600_000;

/** Whether quiet hours hold back flags of this priority: P3 and P4. */
export function waitsInQuietHours(priority: Priority): boolean {
  return priority === 'P3' || priority === 'P4';
}

/**
 * The first moment from `instant` on that lies in none of the quiet hours: `instant` itself outside of them.
 *
 * Hours that leave no moment free within a week hold nothing back: what nobody may ever be told of would be lost.
 */
export function afterQuiet(quiet: readonly QuietHours[], instant: Instant): Instant {
  const clocks = quiet.map(({ timeZone, hours }) => ({ clock: zoneClock(timeZone), hours }));
  const startMs = epochMsOf(instant);
  let atMs = startMs;
  while (atMs < startMs + weekMs) {
    const ends = clocks.flatMap(({ clock, hours }) => endsOf(clock, hours, atMs));
    if (ends.length === 0) {
      return instantOf(atMs);
    }
    atMs = Math.max(...ends);
  }
  return instant;
}

function endsOf(clock: ZoneClock, hours: QuietHours['hours'], atMs: number): readonly number[] {
  return hoursAround(hours, clock.readingAt(atMs)).map(({ until }) => clock.firstAt(until));
}
