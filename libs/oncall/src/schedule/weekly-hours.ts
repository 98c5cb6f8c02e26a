import type { WeeklyHours } from '@watchfloor/contracts';
import { dayMs, midnightOf, readingOfTime, weekdayOf } from './wall-time.ts';
import type { WallMs } from './zone-clock.ts';

/** Hours of one day: from one reading of the clock to another, the end not included. */
export interface HoursOfDay {
  readonly from: WallMs;
  readonly until: WallMs;
}

/** Whether a reading lies in the weekly hours. Empty hours hold nothing. */
export function isWithin(hours: readonly WeeklyHours[], reading: WallMs): boolean {
  return hoursAround(hours, reading).length > 0;
}

/** The hours that a reading lies in: none, one, or several where they overlap. */
export function hoursAround(hours: readonly WeeklyHours[], reading: WallMs): readonly HoursOfDay[] {
  return hoursBetween(hours, reading, reading + 1).filter(({ from, until }) => from <= reading && reading < until);
}

/** All hours that touch the readings from `from` up to `until`, in no order. */
export function hoursBetween(hours: readonly WeeklyHours[], from: WallMs, until: WallMs): readonly HoursOfDay[] {
  const found: HoursOfDay[] = [];
  // Hours of the day before may reach into the first day.
  for (let midnight = midnightOf(from) - dayMs; midnight < until; midnight += dayMs) {
    const weekday = weekdayOf(midnight);
    for (const weekly of hours) {
      if (weekly.days.includes(weekday)) {
        found.push(hoursOf(weekly, midnight));
      }
    }
  }
  return found.filter((day) => day.from < until && day.until > from);
}

function hoursOf(weekly: WeeklyHours, midnight: WallMs): HoursOfDay {
  const from = readingOfTime(weekly.from);
  const until = readingOfTime(weekly.until);
  return { from: midnight + from, until: midnight + (until <= from ? until + dayMs : until) };
}
