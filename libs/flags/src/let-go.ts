import { secondsBetween, type Instant, type Refusal } from '@watchfloor/contracts';
import { moved, type Attempt, type FlagLife } from './flag-life.ts';
import { stepUp } from './priority.ts';
import { whyClosed, whyNotBlind, whyNotHeld, whyStale, whyTaken } from './why-not.ts';

const open = { state: 'open' } as const;

/** The longest snooze: 8 hours, the length of a shift. */
export const maxSnoozeSeconds = 8 * 3_600;

/** Gives the claim back. @returns the open flag; refused when it is not held, or has changed */
export function release(flag: FlagLife, attempt: Attempt): FlagLife | Refusal {
  return whyNotHeld(flag, attempt) ?? whyStale(flag, attempt) ?? moved(flag, open);
}

/**
 * Leaves the flag to others. That it does not come back to the same person is kept beside the flag, one row per person.
 *
 * @returns the open flag; refused when it is not held, or has changed
 */
export function skip(flag: FlagLife, attempt: Attempt): FlagLife | Refusal {
  return release(flag, attempt);
}

/**
 * Puts the flag off, for everybody.
 *
 * @param until later than now, by {@link maxSnoozeSeconds} at most
 * @returns the snoozed flag; refused when it is not held, has changed, or `until` does not fit
 */
export function snooze(flag: FlagLife, attempt: Attempt, until: Instant): FlagLife | Refusal {
  const seconds = secondsBetween(attempt.now, until);
  const refusal = whyNotHeld(flag, attempt) ?? whyStale(flag, attempt);
  if (refusal !== undefined) {
    return refusal;
  }
  return seconds > 0 && seconds <= maxSnoozeSeconds
    ? moved(flag, { state: 'snoozed', until })
    : { refused: 'malformed', because: 'A flag can be put off for 8 hours at most' };
}

/**
 * Raises the priority by one step and leaves the flag to others, from whoever holds it, or from anybody while nobody does. P1 stays
 * P1; a snoozed flag wakes.
 *
 * @returns the open flag; refused when it is closed, a second look that is not theirs, held by somebody else, or has changed
 */
export function escalate(flag: FlagLife, attempt: Attempt): FlagLife | Refusal {
  return (
    whyClosed(flag, attempt) ??
    whyNotBlind(flag, attempt) ??
    whyTaken(flag, attempt) ??
    whyStale(flag, attempt) ??
    moved(flag, open, { priority: stepUp(flag.priority) })
  );
}
