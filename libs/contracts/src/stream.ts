import * as z from 'zod';
import { instantSchema } from './instant.ts';
import { autonomySchema, prioritySchema } from './policy.ts';
import { streamNameSchema } from './prediction.ts';

/** Three points of a distribution: the lower tenth, the middle, the upper tenth. */
export const quantilesSchema = z.strictObject({ p10: z.number(), p50: z.number(), p90: z.number() });
export type Quantiles = z.infer<typeof quantilesSchema>;

/** What a stream looks like just now, over its last predictions (at most 256, at most a minute old). Volatile. */
export const tickSchema = z.strictObject({
  stream: streamNameSchema,
  at: instantSchema,
  /** Predictions since the stream began. */
  position: z.int(),
  perSecond: z.number(),
  /** Of confidence for labelled streams, null where none is given. */
  confidence: quantilesSchema.nullable(),
  value: quantilesSchema.nullable(),
  latencyMs: quantilesSchema.nullable(),
  /** Share of predictions flagged, in [0, 1]. */
  flagShare: z.number(),
  /** Share of each label, the ten commonest. */
  labels: z.record(z.string(), z.number()),
});
export type Tick = z.infer<typeof tickSchema>;

/** One minute of one stream, kept in the database. */
export const minuteSchema = z.strictObject({
  at: instantSchema,
  predictions: z.int(),
  flagged: z.int(),
  confidence: quantilesSchema.nullable(),
  value: quantilesSchema.nullable(),
  latencyMs: quantilesSchema.nullable(),
  /** How often each label came; `…` counts those beyond the first fifty together. */
  labels: z.record(z.string(), z.int()),
});
export type Minute = z.infer<typeof minuteSchema>;

const seenShare = z.number().min(0).max(1);

/** How one feature or segment of a window differs from what is usual in its stream. */
export const differenceSchema = z.strictObject({
  kind: z.enum(['segment', 'model', 'feature']),
  name: z.string(),
  /** The share of the window that would have to be other than it is for both to be alike, beyond chance. */
  effect: seenShare,
  /** The value that has grown by most. */
  leading: z.strictObject({ value: z.string(), share: seenShare, usualShare: seenShare }),
  /** How many of the window, and of the baseline, say anything of it. */
  support: z.strictObject({ window: z.int(), baseline: z.int() }),
  /** False: so much may be chance in samples of this size. */
  isSure: z.boolean(),
});
export type Difference = z.infer<typeof differenceSchema>;

/** `window`: what came in it against what came before it. `flagged`: the flagged of the window against the rest of it. */
export const comparedGroups = ['window', 'flagged'] as const;

/** What differs in a stretch of a stream, the most telling first, at most 20. */
export const differencesSchema = z.strictObject({
  window: z.int(),
  baseline: z.int(),
  items: z.array(differenceSchema),
});
export type Differences = z.infer<typeof differencesSchema>;

export const openFlagsSchema = z.record(prioritySchema, z.int());

export const streamSummarySchema = z.strictObject({
  name: streamNameSchema,
  registeredAt: instantSchema,
  task: z.enum(['label', 'value']),
  model: z.strictObject({ name: z.string(), version: z.string().optional() }).nullable(),
  autonomy: autonomySchema,
  owner: z.string().nullable(),
  policyVersion: z.int(),
  lastPredictionAt: instantSchema.nullable(),
  /** Still learning what is usual: shift and silence detectors do not speak yet. */
  isLearning: z.boolean(),
  openFlags: openFlagsSchema,
  /** The confidence below which a prediction is flagged just now; null while unknown or not by confidence. */
  flaggedBelow: z.number().nullable(),
  /** One tick a second, newest last, at most 120: enough for a sparkline at once. */
  recent: z.array(tickSchema),
});
export type StreamSummary = z.infer<typeof streamSummarySchema>;

export const minutesQuerySchema = z.strictObject({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});

export const predictionRowSchema = z.strictObject({
  id: z.string(),
  position: z.int(),
  receivedAt: instantSchema,
  label: z.string().optional(),
  value: z.number().optional(),
  confidence: z.number().optional(),
  isFlagged: z.boolean(),
  /** What the model said is left out: whoever reads this could still answer it blind. */
  isBlind: z.literal(true).optional(),
});
/** A stored prediction as a row of a stream's list. */
export type PredictionRow = z.infer<typeof predictionRowSchema>;
