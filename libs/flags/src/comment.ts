import type { Refusal } from '@watchfloor/contracts';
import { isUnanswered, moved, type Attempt, type FlagLife } from './flag-life.ts';
import { whyStale } from './why-not.ts';

/**
 * Somebody says something about a flag, at any time of its life. It counts as a change: whoever is about to answer sees
 * the comment first.
 *
 * A second look that waits is not commented on: whoever answers it must not be given a hint.
 *
 * @returns the flag, one version on; refused for such a second look, and when the attempt names a version and that is not the present one
 */
export function comment(flag: FlagLife, attempt: Attempt): FlagLife | Refusal {
  if (flag.secondLook !== null && isUnanswered(flag)) {
    return {
      refused: 'not-yet-possible',
      because: 'A second look is answered without hints: comment on it after the answer',
    };
  }
  return whyStale(flag, attempt) ?? moved(flag, flag.stage);
}
