import type { Instant, Refusal } from '@watchfloor/contracts';
import { isUnanswered, moved, type FlagLife } from './flag-life.ts';

/**
 * Nobody answered in time, and the stream's safe action is taken. That ends a claim too: whoever holds one was late.
 *
 * @param action what was done instead, in words for a person
 * @returns the lapsed flag; refused when it is closed already
 */
export function lapse(flag: FlagLife, action: string, now: Instant): FlagLife | Refusal {
  return isUnanswered(flag)
    ? moved(flag, { state: 'lapsed', at: now, action })
    : { refused: 'already-settled', because: 'This flag is closed already' };
}
