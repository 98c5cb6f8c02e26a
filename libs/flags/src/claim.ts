import type { Instant, Refusal } from '@watchfloor/contracts';
import { moved, type Attempt, type FlagLife } from './flag-life.ts';
import { expire } from './come-back.ts';
import { isRefusal } from '@watchfloor/contracts';
import { whyClosed, whyNotBlind, whyNotHeld, whyStale, whyTaken } from './why-not.ts';

/** A new lease: the digest of a token that nobody has had before, and when it ends. */
export interface Grant {
  readonly tokenDigest: string;
  readonly expiresAt: Instant;
}

/**
 * Leases a flag to one person. A claim that has run out is expired on the way (which counts as a version of its own); one's own
 * earlier claim is replaced, so that a person who has lost the token by reloading is not locked out.
 *
 * @returns the claimed flag; refused when it is closed, held by somebody else, or has changed
 */
export function claim(flag: FlagLife, attempt: Attempt, grant: Grant): FlagLife | Refusal {
  const refusal =
    whyClosed(flag, attempt) ?? whyNotBlind(flag, attempt) ?? whyTaken(flag, attempt) ?? whyStale(flag, attempt);
  if (refusal !== undefined) {
    return refusal;
  }
  const expired = expire(flag, attempt.now);
  return moved(isRefusal(expired) ? flag : expired, { state: 'claimed', claim: { by: attempt.by, ...grant } });
}

/**
 * The holder's heartbeat: the lease ends later. Nobody else needs to know, so the version stays.
 *
 * @returns the flag with its longer lease; refused when the claim is no longer held
 */
export function renew(flag: FlagLife, attempt: Attempt, expiresAt: Instant): FlagLife | Refusal {
  const refusal = whyNotHeld(flag, attempt);
  if (refusal !== undefined || flag.stage.state !== 'claimed') {
    return refusal ?? { refused: 'not-claimed', because: 'Claim the flag first' };
  }
  return { ...flag, stage: { state: 'claimed', claim: { ...flag.stage.claim, expiresAt } } };
}
