import * as z from 'zod';
import { instantSchema } from './instant.ts';

/** Signals about one prediction. `second-look` is made by the queue: what was drawn for the audit and overridden. */
export const predictionSignalKinds = [
  'malformed',
  'rule',
  'low-confidence',
  'small-margin',
  'wide-interval',
  'audit-sample',
  'novelty',
  'disagreement',
  'second-look',
] as const;

/** Signals about a stretch of a stream. `repeated` and `backlog` are made of prediction signals that came too thick. */
export const windowSignalKinds = [
  'confidence-shift',
  'label-shift',
  'segment-shift',
  'latency-shift',
  'silence',
  'burst',
  'disparity',
  'unusual-value',
  'unusual-rate',
  'repeated',
  'backlog',
] as const;

export const signalKinds = [...predictionSignalKinds, ...windowSignalKinds] as const;
export type PredictionSignalKind = (typeof predictionSignalKinds)[number];
export type WindowSignalKind = (typeof windowSignalKinds)[number];
export type SignalKind = (typeof signalKinds)[number];

/**
 * What a detector says. `score` is the observed figure and `threshold` what it was held against, in the same unit;
 * `reason` is one plain sentence; `evidence` holds the figures behind it.
 */
export const signalSchema = z.strictObject({
  kind: z.enum(signalKinds),
  score: z.number(),
  threshold: z.number(),
  reason: z.string(),
  evidence: z.record(z.string(), z.json()),
  policyVersion: z.int(),
});
export type Signal = z.infer<typeof signalSchema>;

/** The stretch of a stream that a window signal speaks of; positions are prediction numbers, both ends included. */
export const stretchSchema = z.strictObject({
  from: instantSchema,
  to: instantSchema,
  fromPosition: z.int(),
  toPosition: z.int(),
});
export type Stretch = z.infer<typeof stretchSchema>;

export interface WindowSignal {
  readonly signal: Signal;
  readonly stretch: Stretch;
}
