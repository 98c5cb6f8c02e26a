import { hourMs, weekHourOf } from './day-cells.ts';

/**
 * What is usual in each hour of the week, and in each hour of the day while the week is not known. It keeps the geometric
 * mean of the hour's visits, the last few counting most: one odd visit bends it little.
 */
export interface HourProfile {
  /** Logarithms in steps of a twelfth, 9 %; one for each hour of the week in UTC. */
  readonly week: Uint8Array;
  readonly weekVisits: Uint8Array;
  readonly day: Uint8Array;
  readonly dayVisits: Uint8Array;
  readonly derived: {
    /** The hour that was asked for last, counted from 1970, and what was answered. */
    hour: number;
    usual: number;
  };
}

const stepsPerNat = 12;

/** An hour is known once it was visited so often. */
const fewestVisits = 2;

/** A visit counts for a fourth, more while there were fewer. */
const memory = 4;

const weekHours = 168;
const dayHours = 24;

export function noHourProfile(): HourProfile {
  return {
    week: new Uint8Array(weekHours),
    weekVisits: new Uint8Array(weekHours),
    day: new Uint8Array(dayHours),
    dayVisits: new Uint8Array(dayHours),
    derived: { hour: -1, usual: 0 },
  };
}

/**
 * Takes in one visit of an hour.
 *
 * @param hour counted from 1970
 * @param value 1 or more; what is less counts as 1
 */
export function learnHour(profile: HourProfile, hour: number, value: number): void {
  const log = Math.min(2 ** 8 - 1, Math.round(Math.log(Math.max(1, value)) * stepsPerNat));
  const weekHour = weekHourOf(hour * hourMs);
  learnCell(profile.week, profile.weekVisits, weekHour, log);
  learnCell(profile.day, profile.dayVisits, weekHour % dayHours, log);
  profile.derived.hour = -1;
}

/**
 * What is usual around an instant: the largest of its hour and the two beside it, for a clock or a season moves what people
 * do by an hour.
 *
 * @param ms milliseconds since 1970
 * @returns null while the hour is not known
 */
export function usualAt(profile: HourProfile, ms: number): number | null {
  const { derived } = profile;
  const hour = Math.floor(ms / hourMs);
  if (hour !== derived.hour) {
    derived.hour = hour;
    const own = hourOf(profile, hour);
    derived.usual = own < 0 ? -1 : Math.max(own, hourOf(profile, hour - 1), hourOf(profile, hour + 1));
  }
  return derived.usual < 0 ? null : derived.usual;
}

/** Hours of the day and of the week that are known. */
export function knownHours({ weekVisits, dayVisits }: HourProfile): {
  readonly ofDay: number;
  readonly ofWeek: number;
} {
  const known = (visits: Uint8Array) => visits.reduce((count, visit) => count + (visit >= fewestVisits ? 1 : 0), 0);
  return { ofDay: known(dayVisits), ofWeek: known(weekVisits) };
}

/** @returns -1 while it is not known */
function hourOf({ week, weekVisits, day, dayVisits }: HourProfile, hour: number): number {
  const weekHour = weekHourOf(hour * hourMs);
  const dayHour = weekHour % dayHours;
  if ((weekVisits[weekHour] ?? 0) >= fewestVisits) {
    return Math.exp((week[weekHour] ?? 0) / stepsPerNat);
  }
  return (dayVisits[dayHour] ?? 0) >= fewestVisits ? Math.exp((day[dayHour] ?? 0) / stepsPerNat) : -1;
}

function learnCell(logs: Uint8Array, visits: Uint8Array, cell: number, log: number): void {
  const visit = Math.min(memory, (visits[cell] ?? 0) + 1);
  const step = (log - (logs[cell] ?? 0)) / visit;
  // Away from zero, or small steps would never be taken.
  logs[cell] = (logs[cell] ?? 0) + Math.sign(step) * Math.ceil(Math.abs(step));
  visits[cell] = visit;
}
