import * as z from 'zod';
import { instantSchema } from './instant.ts';
import { nameText } from './text.ts';

/** What one request and one item may hold. Larger is refused, never cut. */
export const ingestLimits = {
  bodyBytes: 32 * 1024 * 1024,
  itemBytes: 256 * 1024,
  items: 10_000,
  depth: 32,
  textLength: 200_000,
  keys: 500,
} as const;

/** A stream's name: letters, digits, dot, dash, underscore; it stands in addresses as it is. */
export const streamNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'is 1 to 64 letters, digits, dots, dashes or underscores');

export const predictionIdSchema = nameText(200);
export const labelSchema = nameText(200);

/** Names that would reach an object's prototype if somebody copied them carelessly. */
const unsafeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const keySchema = nameText(100).refine((key) => !unsafeKeys.has(key), 'is a reserved name');

function atMost(count: number) {
  return (record: object): boolean => Object.keys(record).length <= count;
}

const featureSchema = z.union([z.number(), z.string().max(10_000), z.boolean(), z.null()]);

const predictionFields = z.strictObject({
  stream: streamNameSchema,
  /** Unique within its stream; the same id again is a duplicate. */
  id: predictionIdSchema,
  /** When the model answered, by the model's clock. */
  at: instantSchema.optional(),
  model: z.strictObject({ name: nameText(100), version: nameText(100).optional() }).optional(),
  label: labelSchema.optional(),
  /** The model's own probability of its answer. Outside [0, 1] it is stored and flagged as malformed. */
  confidence: z.number().optional(),
  /** One probability per label. */
  scores: z.record(keySchema, z.number()).refine(atMost(ingestLimits.keys), 'has too many labels').optional(),
  value: z.number().optional(),
  /** Lower and upper end of the model's interval for `value`. */
  interval: z.tuple([z.number(), z.number()]).optional(),
  features: z.record(keySchema, featureSchema).refine(atMost(ingestLimits.keys), 'has too many features').optional(),
  segments: z.record(keySchema, nameText(200)).refine(atMost(50), 'has too many segments').optional(),
  /** What the model saw, for the reviewer's eyes: any JSON; `text`, `imageUrl` (a `data:` URI) and `html` are known. */
  input: z.json().optional(),
  subjectId: nameText(200).optional(),
  latencyMs: z.number().min(0).optional(),
});

/**
 * One output of a model, as the ingest route takes it. Unknown fields are refused by name; `stream`, `id` and one of
 * `label` and `value` are needed. Probabilities are *not* forced to sum to 1: a malformed output is a signal, not a
 * reason to lose the prediction.
 */
export const predictionSchema = predictionFields.refine(
  (prediction) => prediction.label !== undefined || prediction.value !== undefined,
  {
    message: 'needs a label or a value',
    path: ['label'],
  },
);

/** One output of a model: label or value, confidence, scores, features, segments, input. */
export type Prediction = z.infer<typeof predictionSchema>;

/** A prediction as it is served: for those who are to answer blind, without what the model said. */
export const shownPredictionSchema = predictionFields;

/** A prediction as the floor holds it: numbered within its stream in the order of acceptance. */
export interface ObservedPrediction {
  readonly prediction: Prediction;
  /** 1 for the first prediction of its stream, without gaps. */
  readonly position: number;
  /** Acceptance by the server's clock, milliseconds since 1970, never decreasing within a stream. */
  readonly receivedAtMs: number;
}

/** Truth that arrived later. */
export const outcomeSchema = z
  .strictObject({
    stream: streamNameSchema,
    id: predictionIdSchema,
    label: labelSchema.optional(),
    value: z.number().optional(),
    at: instantSchema.optional(),
  })
  .refine((outcome) => outcome.label !== undefined || outcome.value !== undefined, {
    message: 'needs a label or a value',
    path: ['label'],
  });
export type Outcome = z.infer<typeof outcomeSchema>;

/** Why one item of a request was refused: `pointer` is an RFC 6901 path inside the item, empty for the whole item. */
export interface ItemRejection {
  readonly index: number;
  readonly pointer: string;
  readonly reason: string;
}

export interface IngestReport {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly ItemRejection[];
}
