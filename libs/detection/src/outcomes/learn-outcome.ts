import type { Prediction, Signal } from '@watchfloor/contracts';
import { describeGap, type DisparityMeasure } from '../describe-gap.ts';
import { freeze, thaw } from '../saving/saved-state.ts';
import { unversioned, versioned } from '../saving/version-byte.ts';
import { evidenceOf, ratesOf } from '../statistics/paired-rates.ts';
import {
  compareItem,
  fewestPairs,
  nameOfCell,
  neededFor,
  noSegmentTest,
  placeSegmentsAgain,
  type SegmentTest,
} from '../statistics/segment-test.ts';

/** What a verdict or an outcome says of one prediction. */
export interface OutcomeEvent {
  readonly segments: Readonly<Record<string, string>>;
  /** Whether the model was wrong; left out where nobody knows. */
  readonly isError?: boolean;
  /** Whether a person overrode it; left out where no person answered. */
  readonly isOverridden?: boolean;
  /** Whether it refused what should have been granted; left out where the truth is not a favourable label. */
  readonly isDenied?: boolean;
}

const measures = ['error', 'overridden', 'denied'] as const satisfies readonly DisparityMeasure[];
type OutcomeMeasure = (typeof measures)[number];

/** What is remembered of the answers of one stream; at most 6 KB when saved. */
export type OutcomeWatch = Readonly<Record<OutcomeMeasure, SegmentTest>>;

/** A third of the level for each measure. */
const share = 1 / measures.length;

const version = 1;

export function startOutcomeWatch(): OutcomeWatch {
  return { error: noSegmentTest(1), overridden: noSegmentTest(1), denied: noSegmentTest(1) };
}

/**
 * What is known of a prediction once the truth is told.
 *
 * @param truth the label that a person or an outcome says is right; null where only "wrong" is known
 * @param isOverridden left out for an outcome
 */
export function outcomeEvent(
  { segments = {}, label }: Pick<Prediction, 'segments' | 'label'>,
  truth: string | null,
  favourable: readonly string[],
  isOverridden?: boolean,
): OutcomeEvent {
  return {
    segments,
    isError: truth === null || truth !== label,
    ...(isOverridden !== undefined && { isOverridden }),
    ...(truth !== null &&
      favourable.includes(truth) && { isDenied: label !== undefined && !favourable.includes(label) }),
  };
}

/**
 * Takes in what became known of a prediction, in any order: compares errors, overrides and wrongly refused answers between
 * each value of a segment and the rest, as the detector `disparity` does for what is seen of every prediction. A
 * deterministic fold.
 *
 * Only predictions of which somebody knows the truth are compared. Where people look at doubtful ones alone, the rates are
 * those among doubtful ones.
 *
 * @param watch changed in place
 * @param level with which probability a stream without differences ever gets a signal, over all three; in (0, 1)
 * @returns signals of kind `disparity`; their evidence names measure, segment and value
 */
export function learnOutcome(
  watch: OutcomeWatch,
  event: OutcomeEvent,
  { level, policyVersion }: { readonly level: number; readonly policyVersion: number },
): Signal[] {
  const came = { error: event.isError, overridden: event.isOverridden, denied: event.isDenied };
  return measures.flatMap((measure) => {
    const has = came[measure];
    const test = watch[measure];
    const gap = has === undefined ? null : compareItem(test, event.segments, has ? 1 : 0, level * share, 1);
    return gap === null
      ? []
      : [{ kind: 'disparity' as const, ...describeGap(test, gap, measure, level * share), policyVersion }];
  });
}

/** How a value of a segment fares, for a screen. */
export interface SegmentRate {
  readonly measure: DisparityMeasure;
  readonly segment: string;
  readonly value: string;
  readonly pairs: number;
  /** `unknown` with fewer than 30 pairs: then there are no rates. */
  readonly state: 'unknown' | 'no-difference-shown' | 'differs';
  readonly here: number | null;
  readonly elsewhere: number | null;
  /** The evidence for a difference; 1 at the start. */
  readonly evidence: number;
  readonly needed: number;
}

/** All values that are compared, in the order in which they were first seen. */
export function segmentRates(watch: OutcomeWatch, level: number): SegmentRate[] {
  return measures.flatMap((measure) => ratesOfTest(watch[measure], measure, level * share));
}

/** As bytes, at most 6 KB. */
export function saveOutcomeWatch(watch: OutcomeWatch): Uint8Array {
  return versioned(version, freeze(watch));
}

/** @throws Error for bytes of another version, or that are no saved watch; it is then to be made again from the answers */
export function loadOutcomeWatch(saved: Uint8Array): OutcomeWatch {
  const watch = startOutcomeWatch();
  thaw(watch, unversioned(version, saved, 'outcomes'), 'watch');
  measures.forEach((measure) => placeSegmentsAgain(watch[measure]));
  return watch;
}

function ratesOfTest(test: SegmentTest, measure: DisparityMeasure, level: number): SegmentRate[] {
  return test.values.map((_, cell) => {
    const rates = ratesOf(test.rates, cell);
    const evidence = evidenceOf(test.rates, cell);
    const needed = neededFor(test, cell, level);
    const pairs = rates?.pairs ?? 0;
    const isKnown = rates !== null && pairs >= fewestPairs;
    return {
      measure,
      ...nameOfCell(test, cell),
      pairs,
      state: !isKnown ? 'unknown' : evidence >= needed ? 'differs' : 'no-difference-shown',
      here: isKnown ? rates.own : null,
      elsewhere: isKnown ? rates.other : null,
      evidence,
      needed,
    };
  });
}
