/**
 * A moment in UTC as ISO 8601 with milliseconds, `2026-11-22T06:00:00.000Z`. Instants of this form sort as text.
 */
export type Instant = string;

/** @param epochMs milliseconds since 1970-01-01T00:00Z */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

/** @returns milliseconds since 1970-01-01T00:00Z */
export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant so many seconds later (earlier when negative). */
export function plusSeconds(instant: Instant, seconds: number): Instant {
  return instantOf(epochMsOf(instant) + seconds * 1000);
}

/** @returns seconds from `from` to `to`; negative when `to` lies before `from` */
export function secondsBetween(from: Instant, to: Instant): number {
  return (epochMsOf(to) - epochMsOf(from)) / 1000;
}
