import { secondsBetween, type Instant } from '@watchfloor/contracts';

/** The record hears of a flag that merely grows at most so often. */
export const tellEverySeconds = 0.5;

/**
 * Nor more often than once in this share of the flag's age: the size that the record last told is never older than that, and a
 * flag that grows all day is told of some two hundred times instead of a hundred thousand times.
 */
export const tellShareOfAge = 0.05;

/** How long after the last time the record hears of mere growth again, in seconds. */
export function tellAgainSeconds(raisedAt: Instant, now: Instant): number {
  return Math.max(tellEverySeconds, secondsBetween(raisedAt, now) * tellShareOfAge);
}
