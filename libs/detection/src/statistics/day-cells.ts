/** How many cells a week is divided into: the hours of the day, working days and weekends apart. */
export const dayCells = 48;

export const hourMs = 3_600_000;

/**
 * The cell of an instant: the hour of its day in UTC, in a set of its own on Saturdays and Sundays.
 *
 * @param ms milliseconds since 1970, any finite number
 * @returns a whole number in [0, 48)
 */
export function dayCellOf(ms: number): number {
  const hours = Math.floor(ms / hourMs);
  const hour = modulo(hours, 24);
  // The first of January 1970 was a Thursday.
  const weekday = modulo(Math.floor(hours / 24) + 4, 7);
  return weekday === 0 || weekday === 6 ? 24 + hour : hour;
}

/** @returns the hour of the week in UTC, in [0, 168); Sunday's first is 0 */
export function weekHourOf(ms: number): number {
  return modulo(Math.floor(ms / hourMs) + 96, 168);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
