import type { WallMs } from './zone-clock.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** @param localDate `2026-11-22` @returns the reading at the first midnight of that day */
export function readingOfDate(localDate: string): WallMs {
  return Date.parse(`${localDate}T00:00:00.000Z`);
}

/** @param localTime `09:00` @returns milliseconds after midnight on the clock */
export function readingOfTime(localTime: string): number {
  const [hours, minutes] = localTime.split(':').map(Number);
  return (hours ?? 0) * hourMs + (minutes ?? 0) * minuteMs;
}

/** @returns the reading at midnight of its day */
export function midnightOf(reading: WallMs): WallMs {
  return Math.floor(reading / dayMs) * dayMs;
}

/** @returns the ISO weekday, 1 for Monday */
export function weekdayOf(reading: WallMs): number {
  // The first day of the count, 1 January 1970, was a Thursday.
  return ((((Math.floor(reading / dayMs) + 3) % 7) + 7) % 7) + 1;
}

/** @returns the day of a reading as `2026-11-22` */
export function dateOfReading(reading: WallMs): string {
  return new Date(reading).toISOString().slice(0, 10);
}
