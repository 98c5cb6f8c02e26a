import type { Refusal } from '@watchfloor/contracts';
import { moved, type Attempt, type FlagLife } from './flag-life.ts';
import { whyStale } from './why-not.ts';

/**
 * Somebody says something about a flag, at any time of its life. It counts as a change: whoever is about to answer sees
 * the comment first.
 *
 * @returns the flag, one version on; refused when the attempt names a version and that is not the present one
 */
export function comment(flag: FlagLife, attempt: Attempt): FlagLife | Refusal {
  return whyStale(flag, attempt) ?? moved(flag, flag.stage);
}
