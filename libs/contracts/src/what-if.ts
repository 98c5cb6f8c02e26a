import * as z from 'zod';
import { instantSchema } from './instant.ts';
import { policySettingsSchema } from './policy.ts';
import { signalKinds, windowSignalKinds } from './signal.ts';

/** The most predictions that one what-if replays; of a longer window, the newest. */
export const mostReplayed = 2_000_000;

/** The most stretches of confidence, and the most cells of segments, that a what-if tells apart. */
export const confidenceBins = 100;
export const mostSegmentCells = 60;
export const mostSamples = 10;

/**
 * Which predictions to replay, and under which policy. Without `from` and `to`, the newest `predictions` (default 100,000) of the
 * stream.
 */
export const whatIfRequestSchema = z.strictObject({
  settings: policySettingsSchema,
  /** What to hold it against; absent: what was flagged in truth, as it is stored. */
  against: policySettingsSchema.optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  predictions: z.int().min(1).max(mostReplayed).optional(),
});
export type WhatIfRequest = z.infer<typeof whatIfRequestSchema>;

const share = z.number().min(0).max(1);

/** A rate estimated from answers, each weighted with one over the probability with which it was drawn. */
export const estimateSchema = z.strictObject({
  /** Null without answers. */
  rate: share.nullable(),
  /** The interval that holds the true rate with 90 % confidence. */
  low: share,
  high: share,
  answers: z.int(),
  errors: z.int(),
});
export type Estimate = z.infer<typeof estimateSchema>;

/** What one side (a policy, or history) does with the window. */
export const whatIfSideSchema = z.strictObject({
  /** Predictions with a flag of their own. */
  flagged: z.int(),
  /** Predictions that join the one flag of a repeated fault. */
  grouped: z.int(),
  /** Flags on windows of the stream. */
  windowFlags: z.int(),
  /** `flagged` and `windowFlags` together, a day of the window. */
  flagsPerDay: z.number(),
  /** The same for each person who may decide; null where nobody may. */
  flagsPerDayPerReviewer: z.number().nullable(),
  /** Predictions by the kind of signal; one with two kinds counts in both. */
  byKind: z.partialRecord(z.enum(signalKinds), z.int()),
  /** Window signals by kind. */
  byWindowKind: z.partialRecord(z.enum(windowSignalKinds), z.int()),
  /** Predictions that no person would see, the audit sample aside. */
  passed: z.int(),
  /** Errors among those passed, estimated from adjudicated audits. */
  passedErrors: estimateSchema,
  /** `passedErrors` as numbers of predictions. */
  errorsPassed: z.strictObject({ expected: z.number().nullable(), low: z.number(), high: z.number() }),
  /** Those passed of which the truth came in later, whatever chance or habit chose them: not a sample. */
  knownPassed: z.strictObject({ outcomes: z.int(), errors: z.int() }),
});
export type WhatIfSide = z.infer<typeof whatIfSideSchema>;

/** A prediction that one side flags and the other passes. */
export const changedPredictionSchema = z.strictObject({
  id: z.string(),
  position: z.int(),
  at: instantSchema,
  label: z.string().optional(),
  value: z.number().optional(),
  confidence: z.number().optional(),
  /** Signals of the side held against, and of the side asked about. */
  before: z.array(z.enum(signalKinds)),
  after: z.array(z.enum(signalKinds)),
});
export type ChangedPrediction = z.infer<typeof changedPredictionSchema>;

export const segmentCellSchema = z.strictObject({
  segment: z.string(),
  value: z.string(),
  predictions: z.int(),
  flaggedBefore: z.int(),
  flaggedAfter: z.int(),
});

/**
 * Predictions of one stretch of confidence, so that a slider can show the flags and errors of any threshold at once.
 * `flaggedOtherwise` are those that something else than their confidence flags, under the policy asked about.
 */
export const confidenceBinSchema = z.strictObject({
  from: share,
  to: share,
  predictions: z.int(),
  flaggedOtherwise: z.int(),
  answers: z.int(),
  errors: z.int(),
  /** Sums of the answers' weights, of their squares, and of the errors' weights; only of predictions not `flaggedOtherwise`. */
  weight: z.number(),
  weightSquared: z.number(),
  errorWeight: z.number(),
});
export type ConfidenceBin = z.infer<typeof confidenceBinSchema>;

export const whatIfResultSchema = z.strictObject({
  /** The window that was replayed. */
  from: instantSchema,
  to: instantSchema,
  predictions: z.int(),
  /** Predictions before the window that only warmed the detectors up. */
  warmedUp: z.int(),
  /** The window as a number of days, at least a minute. */
  days: z.number(),
  /** People who may decide. */
  reviewers: z.int(),
  before: whatIfSideSchema,
  after: whatIfSideSchema,
  newlyFlagged: z.int(),
  noLongerFlagged: z.int(),
  /** At most {@link mostSamples}, drawn evenly from both directions. */
  samples: z.array(changedPredictionSchema),
  /** The commonest cells, at most {@link mostSegmentCells}. */
  bySegment: z.array(segmentCellSchema),
  byConfidence: z.array(confidenceBinSchema),
  /** Whatever limits what was answered, in plain sentences: answers too few, no confidences, a window cut short. */
  remarks: z.array(z.string()),
});
export type WhatIfResult = z.infer<typeof whatIfResultSchema>;

export const whatIfStates = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const;
export type WhatIfState = (typeof whatIfStates)[number];

/** A what-if as it goes: asked for again every half second until it is `done`, and forgotten ten minutes later. */
export const whatIfRunSchema = z.strictObject({
  id: z.uuid(),
  state: z.enum(whatIfStates),
  progress: z.strictObject({ replayed: z.int(), of: z.int().nullable() }),
  /** Why it has failed. */
  because: z.string().optional(),
  result: whatIfResultSchema.optional(),
});
export type WhatIfRun = z.infer<typeof whatIfRunSchema>;
