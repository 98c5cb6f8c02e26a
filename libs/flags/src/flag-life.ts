import type {
  Actor,
  AuditStanding,
  FlagState,
  Instant,
  Priority,
  Signal,
  SignalKind,
  Verdict,
} from '@watchfloor/contracts';
import type { CauseGroup } from './cause.ts';

/** A reviewer's exclusive lease. The token itself is known to its holder alone; the rules compare digests. */
export interface Claim {
  readonly by: Actor;
  readonly tokenDigest: string;
  readonly expiresAt: Instant;
}

/** The verdict that stands, and how it came about. */
export interface Answered {
  readonly verdict: Verdict;
  /** The version that was on the screen of whoever answered. */
  readonly onVersion: number;
  /** Digest of the claim under which it was given; null for a verdict that supersedes another. */
  readonly claimDigest: string | null;
  /** Until when its author can take it back; null for a verdict that supersedes another. */
  readonly undoUntil: Instant | null;
}

/** Where a flag is in its life, with what belongs to that place and to no other. */
export type Stage =
  | { readonly state: 'open' }
  | { readonly state: 'claimed'; readonly claim: Claim }
  | { readonly state: 'snoozed'; readonly until: Instant }
  | { readonly state: 'settled'; readonly answered: Answered }
  | { readonly state: 'lapsed'; readonly at: Instant; readonly action: string }
  | { readonly state: 'withdrawn'; readonly at: Instant; readonly because: string };

/** One prediction and what the model answered. */
export interface PredictionSubject {
  readonly kind: 'prediction';
  readonly predictionId: string;
  readonly label: string | null;
  readonly value: number | null;
}

/** What makes a flag a second look: whose answer it checks, and who must not give this one. */
export interface SecondLook {
  /** The flag that asked first. */
  readonly of: string;
  /** People who have answered that flag or had it in hand: they have seen the model's answer. */
  readonly notFor: readonly string[];
}

/** A stretch of the stream and how many of its predictions the flag has gathered. */
export interface WindowSubject {
  readonly kind: 'window';
  readonly group: CauseGroup;
  readonly from: Instant;
  readonly to: Instant;
  readonly itemCount: number;
}

/**
 * A flag as the rules see it. Every act takes one and gives the next one or a refusal; none is changed in place.
 *
 * `version` grows by one with each change that a person who looks at the flag should know of. What only adds more of the
 * same (another item of a kind that is there already, a renewed lease) keeps it, or nobody could answer a flag that
 * is still growing.
 */
export interface FlagLife {
  readonly id: string;
  readonly version: number;
  readonly priority: Priority;
  readonly raisedAt: Instant;
  readonly dueAt: Instant | null;
  readonly subject: PredictionSubject | WindowSubject;
  /** Kinds of its signals and of its items' signals, each once, in the order of their coming. */
  readonly kinds: readonly SignalKind[];
  /** First the signal that raised it; for a window then the newest of each kind that joined. */
  readonly signals: readonly Signal[];
  readonly stage: Stage;
  /** Null unless chance drew its prediction for the audit. */
  readonly audit: AuditStanding | null;
  /** Null unless it is the second look at another flag. */
  readonly secondLook: SecondLook | null;
}

/** Who tries something, when, and what they go by. */
export interface Attempt {
  readonly by: Actor;
  readonly now: Instant;
  /** The version on their screen; null where the act fits any version. */
  readonly version: number | null;
  /** Digest of the claim token that they hold; null for none. */
  readonly claimDigest: string | null;
}

const closedStates: ReadonlySet<FlagState> = new Set<FlagState>(['settled', 'lapsed', 'withdrawn']);

/** Whether a person's answer is still awaited. */
export function isUnanswered(flag: FlagLife): boolean {
  return !closedStates.has(flag.stage.state);
}

/** The claim that holds at `now`, if any: one that has run out holds nothing, even before anybody has noticed. */
export function liveClaim(flag: FlagLife, now: Instant): Claim | null {
  return flag.stage.state === 'claimed' && flag.stage.claim.expiresAt > now ? flag.stage.claim : null;
}

/** The next version of a flag, at its new place. */
export function moved(
  flag: FlagLife,
  stage: Stage,
  change: Partial<Omit<FlagLife, 'id' | 'version' | 'stage'>> = {},
): FlagLife {
  return { ...flag, ...change, stage, version: flag.version + 1 };
}
