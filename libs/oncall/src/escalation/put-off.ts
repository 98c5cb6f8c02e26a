import { secondsBetween, type Instant, type Refusal, type Shelf } from '@watchfloor/contracts';

/** The longest snooze and the longest shelf: 8 hours, the length of a shift. */
export const longestPutOffSeconds = 8 * 3_600;

/** Why a flag or a kind cannot be put off like this; undefined when it can. */
export function whyNotPutOff(
  { until, reason }: { readonly until: Instant; readonly reason: string },
  now: Instant,
): Refusal | undefined {
  if (reason.trim() === '') {
    return { refused: 'reason-needed', because: 'Say why this can wait' };
  }
  const seconds = secondsBetween(now, until);
  return seconds > 0 && seconds <= longestPutOffSeconds
    ? undefined
    : { refused: 'malformed', because: 'A flag can be put off for 8 hours at most' };
}

/** Puts off all flags of some kinds on a stream. @returns refused without a reason, and for a time that does not fit */
export function shelve(asked: Omit<Shelf, 'from'>, now: Instant): Shelf | Refusal {
  return whyNotPutOff(asked, now) ?? { ...asked, from: now };
}

/**
 * The shelf that a flag lies on: one of its stream that has all its kinds, the one that ends last; undefined when none is in force.
 * A flag that also shows something else is not shelved.
 */
export function shelfFor(
  shelves: readonly Shelf[],
  flag: { readonly stream: string; readonly kinds: readonly string[] },
  now: Instant,
): Shelf | undefined {
  return shelves
    .filter(
      ({ stream, kinds, from, until }) =>
        stream === flag.stream && from <= now && now < until && flag.kinds.every((kind) => kinds.includes(kind)),
    )
    .reduce<Shelf | undefined>(
      (last, shelf) => (last === undefined || shelf.until > last.until ? shelf : last),
      undefined,
    );
}
