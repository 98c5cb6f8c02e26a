import type { Refusal } from '@watchfloor/contracts';
import { spanInWords } from './in-words.ts';
import type { Attempt, FlagLife } from './flag-life.ts';

/** Why nobody can act on this flag any more; undefined while it is unanswered. */
export function whyClosed({ stage }: FlagLife, { by, now }: Attempt): Refusal | undefined {
  switch (stage.state) {
    case 'settled': {
      const { verdict } = stage.answered;
      const ago = spanInWords(verdict.at, now);
      return {
        refused: 'already-settled',
        because:
          verdict.by.id === by.id ? `You answered this ${ago} ago` : `${verdict.by.name} answered ${ago} before you`,
      };
    }
    case 'lapsed':
      return {
        refused: 'lapsed',
        because: `Nobody answered in time: ${spanInWords(stage.at, now)} ago the safe action was taken (${stage.action})`,
      };
    case 'withdrawn':
      return {
        refused: 'withdrawn',
        because: `There is nothing to answer here any more, ${spanInWords(stage.at, now)} ago it was withdrawn: ${stage.because}`,
      };
    case 'open':
    case 'claimed':
    case 'snoozed':
      return undefined;
  }
}

/** Why this attempt does not come from the holder of a live claim; undefined if it does. */
export function whyNotHeld(flag: FlagLife, attempt: Attempt): Refusal | undefined {
  const closed = whyClosed(flag, attempt);
  if (closed !== undefined) {
    return closed;
  }
  const taken = whyTaken(flag, attempt);
  if (taken !== undefined) {
    return taken;
  }
  if (flag.stage.state !== 'claimed' || flag.stage.claim.by.id !== attempt.by.id) {
    return attempt.claimDigest === null
      ? { refused: 'not-claimed', because: 'Claim the flag first' }
      : { refused: 'claim-lost', because: 'Your claim has ended and the flag went back to the queue. Claim it again' };
  }
  const { claim } = flag.stage;
  if (claim.tokenDigest !== attempt.claimDigest) {
    return attempt.claimDigest === null
      ? { refused: 'not-claimed', because: 'Name the claim that you hold' }
      : { refused: 'claim-lost', because: 'You have claimed this flag anew since, perhaps in another window' };
  }
  return claim.expiresAt > attempt.now
    ? undefined
    : {
        refused: 'claim-lost',
        because: `Your claim ran out ${spanInWords(claim.expiresAt, attempt.now)} ago. Claim the flag again`,
      };
}

/** Why this person must not give the second answer; undefined for a flag that is no second look. */
export function whyNotBlind({ secondLook }: FlagLife, { by }: Attempt): Refusal | undefined {
  return secondLook?.notFor.includes(by.id) === true
    ? {
        refused: 'not-blind',
        because:
          'You have seen the first question and the model’s answer: this second look is for somebody who has not',
      }
    : undefined;
}

/** Who else holds the flag just now; undefined when nobody else does. */
export function whyTaken({ stage }: FlagLife, { by, now }: Attempt): Refusal | undefined {
  if (stage.state !== 'claimed' || stage.claim.by.id === by.id || stage.claim.expiresAt <= now) {
    return undefined;
  }
  const left = spanInWords(now, stage.claim.expiresAt);
  return {
    refused: 'claimed-by-other',
    because: `${stage.claim.by.name} holds this flag, for ${left} more unless renewed`,
  };
}

/** Why the screen behind this attempt is out of date; undefined if it is not, or if the attempt names no version. */
export function whyStale(flag: FlagLife, { version }: Attempt): Refusal | undefined {
  return version === null || version === flag.version
    ? undefined
    : {
        refused: 'stale-version',
        because: `The flag has changed since you saw it (it was version ${version}, now it is ${flag.version}). Look again`,
      };
}
