import {
  forgetEvidence,
  likeliestLength,
  longestChange,
  noEvidence,
  weigh,
  type ChangeEvidence,
} from './change-evidence.ts';
import { forecast, forgetMix, learnCell, noMix, type ForgettingMix } from './forgetting-mix.ts';

/**
 * Watches which of several kinds come how often. It holds what came against the shares of the kinds among all that came
 * since the kinds were fixed, and lets forecasters that forget bet against that.
 *
 * That the reference is itself an estimate makes its promise about false alarms a measured one, not a proven one as for
 * ranks: with 2 to 300 labels, even and very uneven, false alarms came 1.2 to 2.3 times more rarely than a height of 1,000
 * promises, and 7 to 18 times in 1.5 million steps with a height of 100,000, which promises 15.
 */
export interface MixShift {
  /** How often each kind came since the kinds were fixed. */
  readonly counts: Float64Array;
  /** The kinds' shares when they were fixed: the reference starts from them, with the weight of half a step a kind. */
  readonly first: Float64Array;
  /** How many kinds there are; 0 until they are fixed. */
  kinds: number;
  seen: number;
  readonly mixes: ForgettingMix[];
  readonly evidence: ChangeEvidence;
  /** The last kinds, for the evidence of a signal. */
  readonly recent: Uint8Array;
  readonly derived: { readonly ratios: Float64Array };
}

/** The forecasters' memories, in steps: a great change is found by the shortest, a small one by the longest. */
const keeps = [2 ** (-1 / 15), 2 ** (-1 / 50), 2 ** (-1 / 200)] as const;

const priorPerKind = 0.5;

/** The reference must rest on some steps before anything is held against it. */
const fewestSteps = 50;

/** Counts stay exact far beyond this; the reference is simply old enough to begin anew. */
const mostSteps = 2 ** 40;

export function noMixShift(mostKinds: number): MixShift {
  return {
    counts: new Float64Array(mostKinds),
    first: new Float64Array(mostKinds),
    kinds: 0,
    seen: 0,
    mixes: keeps.map(() => noMix(mostKinds)),
    evidence: noEvidence(keeps.length),
    recent: new Uint8Array(longestChange),
    derived: { ratios: new Float64Array(keeps.length) },
  };
}

/**
 * Fixes the kinds.
 *
 * @param shares of each kind as far as known, each above 0, with a sum of 1
 */
export function fixKinds(shift: MixShift, shares: readonly number[]): void {
  unfixKinds(shift);
  shift.kinds = shares.length;
  shift.first.set(shares);
}

/** Forgets all; the kinds must be fixed again. */
export function unfixKinds(shift: MixShift): void {
  shift.counts.fill(0);
  shift.first.fill(0);
  shift.kinds = 0;
  shift.seen = 0;
  shift.mixes.forEach(forgetMix);
  forgetEvidence(shift.evidence);
}

/**
 * Takes in the kind that came.
 *
 * @returns how strongly the mix seems to have changed: without a change this reaches a height of A only after about A
 *   steps or more on average; 0 for the first 50 steps
 */
export function watchKind(shift: MixShift, kind: number): number {
  const { mixes, derived, counts } = shift;
  const usual = usualShare(shift, kind);
  const prior = priorPerKind * shift.kinds;
  for (let index = 0; index < keeps.length; index++) {
    const mix = mixes[index];
    if (mix !== undefined) {
      derived.ratios[index] = forecast(mix, kind, usual, prior) / usual;
      learnCell(mix, kind, keeps[index] ?? 1);
    }
  }
  shift.recent[shift.seen % longestChange] = kind;
  counts[kind] = (counts[kind] ?? 0) + 1;
  shift.seen++;
  return shift.seen > fewestSteps && shift.seen < mostSteps ? weigh(shift.evidence, derived.ratios) : 0;
}

/** Still too few steps to tell a change. */
export function isLearningMix(shift: MixShift): boolean {
  return shift.seen < fewestSteps;
}

export interface MixChange {
  /** The share of each kind. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** How many steps `after` is made of. */
  readonly afterCount: number;
}

/** The mix before the likeliest beginning of a change, and after it. */
export function mixChange(shift: MixShift): MixChange {
  const kinds = Array.from({ length: shift.kinds }, (_, kind) => kind);
  const kindBack = (back: number) => shift.recent[(shift.seen - back) % longestChange] ?? 0;
  const usual = kinds.map((kind) => usualShare(shift, kind));
  const afterCount = likeliestLength(kindBack, usual, shift.seen >> 1);
  const after = kinds.map(() => 0);
  for (let back = 1; back <= afterCount; back++) {
    after[kindBack(back)] = (after[kindBack(back)] ?? 0) + 1;
  }
  return {
    before: kinds.map((kind) => ((shift.counts[kind] ?? 0) - (after[kind] ?? 0)) / (shift.seen - afterCount)),
    after: after.map((count) => count / afterCount),
    afterCount,
  };
}

function usualShare(shift: MixShift, kind: number): number {
  const prior = priorPerKind * shift.kinds;
  return ((shift.counts[kind] ?? 0) + prior * (shift.first[kind] ?? 0)) / (shift.seen + prior);
}
