import { isRefusal, plusSeconds, type Answer, type Refusal, type Verdict } from '@watchfloor/contracts';
import { deriveVerdict, type AnswerRules, type Derived } from './derive-verdict.ts';
import { moved, type Attempt, type FlagLife } from './flag-life.ts';
import { spanInWords } from './in-words.ts';
import { whyNotHeld, whyStale } from './why-not.ts';

/** What a person says about a flag. The claim and the version stand in the attempt. */
export type Given = Omit<Answer, 'version' | 'claim'>;

/** What the stream's policy says about answers. */
export interface ReviewRules extends AnswerRules {
  /** How long a verdict can be taken back by its author. */
  readonly undoSeconds: number;
}

/**
 * Takes a person's answer: settles the flag under their claim, or, when it is settled already and the attempt names no claim,
 * supersedes the verdict that stands.
 *
 * @param verdictId identifies the verdict that this may become
 */
export function answer(
  flag: FlagLife,
  attempt: Attempt,
  given: Given,
  rules: ReviewRules,
  verdictId: string,
): FlagLife | Refusal {
  return flag.stage.state === 'settled' && attempt.claimDigest === null
    ? supersede(flag, attempt, given, rules, verdictId)
    : settle(flag, attempt, given, rules, verdictId);
}

/**
 * Settles a flag with its holder's verdict, once.
 *
 * The very same answer again, under the same claim and on the same version, gives back the flag as it is: a second press of the
 * key, or a repeated request whose first answer was lost, is no second verdict. A different one is refused.
 *
 * @returns the settled flag, the same flag for a repetition; refused when the claim is not held, the flag has changed, or the
 *   answer does not fit
 */
export function settle(
  flag: FlagLife,
  attempt: Attempt,
  given: Given,
  rules: ReviewRules,
  verdictId: string,
): FlagLife | Refusal {
  const derived =
    flag.secondLook === null ? deriveVerdict(flag.subject, given, rules) : deriveBlind(flag, given, rules);
  if (!isRefusal(derived) && isRepetition(flag, attempt, given, derived)) {
    return flag;
  }
  const refusal = whyNotHeld(flag, attempt) ?? whyStale(flag, attempt);
  if (refusal !== undefined) {
    return refusal;
  }
  if (isRefusal(derived)) {
    return derived;
  }
  return moved(flag, {
    state: 'settled',
    answered: {
      verdict: verdictOf(derived, given, attempt, verdictId),
      onVersion: flag.version,
      claimDigest: attempt.claimDigest,
      // A blind answer stands: its author sees the other answers from now on.
      undoUntil: flag.secondLook === null ? plusSeconds(attempt.now, rules.undoSeconds) : null,
    },
  });
}

/**
 * Replaces the verdict that stands by a later one, of anybody who may decide; the earlier one is kept. Not before its
 * author can no longer take it back. The later one is not undone but superseded in its turn.
 *
 * @returns the flag with its new verdict; refused when it is not settled, has changed, or the answer does not fit
 */
export function supersede(
  flag: FlagLife,
  attempt: Attempt,
  given: Given,
  rules: ReviewRules,
  verdictId: string,
): FlagLife | Refusal {
  if (flag.stage.state !== 'settled') {
    return { refused: 'not-settled', because: 'There is no verdict yet: claim the flag and answer it' };
  }
  const { verdict, undoUntil } = flag.stage.answered;
  const fixed = whyFixed(flag, attempt);
  if (fixed !== undefined) {
    return fixed;
  }
  const stale = whyStale(flag, attempt);
  if (stale !== undefined || attempt.version === null) {
    return stale ?? { refused: 'stale-version', because: 'Name the version that you saw' };
  }
  if (undoUntil !== null && undoUntil > attempt.now) {
    const who = verdict.by.id === attempt.by.id ? 'You' : verdict.by.name;
    const ago = spanInWords(verdict.at, attempt.now);
    const left = spanInWords(attempt.now, undoUntil);
    return {
      refused: 'already-settled',
      because: `${who} answered ${ago} ago and can undo it for ${left} more; answer anew after that`,
    };
  }
  const derived = deriveVerdict(flag.subject, given, rules);
  if (isRefusal(derived)) {
    return derived;
  }
  const later = { ...verdictOf(derived, given, attempt, verdictId), supersedes: verdict.id };
  return moved(flag, {
    state: 'settled',
    answered: { verdict: later, onVersion: flag.version, claimDigest: null, undoUntil: null },
  });
}

/** What a blind answer amounts to. It must not be told from the way it is taken whether it agrees with the model. */
function deriveBlind({ subject }: FlagLife, given: Given, rules: ReviewRules): Derived | Refusal {
  return given.verdict === undefined
    ? deriveVerdict(subject, given, { ...rules, reasonRequired: false })
    : { refused: 'unfit-answer', because: 'Say what is right: what the model said is hidden until you do' };
}

/** Why the verdict that stands is not to be replaced by this person now; undefined if it may be. */
function whyFixed({ stage, secondLook, audit }: FlagLife, { by }: Attempt): Refusal | undefined {
  if (secondLook !== null) {
    return {
      refused: 'already-settled',
      because: 'An answer that was given blind stands. If the final one is wrong, answer the first flag anew',
    };
  }
  return audit?.state === 'second-look' && stage.state === 'settled' && stage.answered.verdict.by.id !== by.id
    ? {
        refused: 'not-yet-possible',
        because: `Somebody takes a second look, without knowing the answers. Until then only ${stage.answered.verdict.by.name} can answer anew`,
      }
    : undefined;
}

function verdictOf(derived: Derived, { reason, note }: Given, { by, now }: Attempt, id: string): Verdict {
  return {
    id,
    ...derived,
    ...(reason === undefined ? {} : { reason }),
    ...(note === undefined || note === '' ? {} : { note }),
    by,
    at: now,
  };
}

function isRepetition(
  { stage }: FlagLife,
  { by, version, claimDigest }: Attempt,
  { reason }: Given,
  derived: Derived,
): boolean {
  if (stage.state !== 'settled' || claimDigest === null) {
    return false;
  }
  const { verdict, onVersion, claimDigest: answeredUnder } = stage.answered;
  return (
    answeredUnder === claimDigest &&
    onVersion === version &&
    verdict.by.id === by.id &&
    verdict.verdict === derived.verdict &&
    verdict.label === derived.label &&
    verdict.value === derived.value &&
    verdict.reason === reason
  );
}
