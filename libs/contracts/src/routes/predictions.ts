import * as z from 'zod';
import { auditStandingSchema, flagStateSchema, verdictSchema } from '../flag.ts';
import {
  outcomeSchema,
  predictionIdSchema,
  predictionSchema,
  shownPredictionSchema,
  streamNameSchema,
} from '../prediction.ts';
import { signalSchema } from '../signal.ts';
import type { Route } from './route.ts';

const ingestReport = z.strictObject({
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.array(z.strictObject({ index: z.int(), pointer: z.string(), reason: z.string() })),
});

/** A stored prediction with all that became of it. */
export const storedPredictionSchema = z.strictObject({
  prediction: shownPredictionSchema,
  position: z.int(),
  receivedAt: z.string(),
  signals: z.array(signalSchema),
  flag: z.strictObject({ id: z.uuid(), state: flagStateSchema }).nullable(),
  verdicts: z.array(verdictSchema),
  /** Of what chance drew for the audit. */
  audit: auditStandingSchema.optional(),
  /** What the model and people said is left out: whoever reads this could still answer it blind. */
  isBlind: z.literal(true).optional(),
  outcome: outcomeSchema.nullable(),
});
export type StoredPrediction = z.infer<typeof storedPredictionSchema>;

export const predictionsRoutes = {
  ingest: {
    method: 'POST',
    path: '/predictions',
    caller: 'ingest-key',
    does: 'Takes in predictions: one, many, NDJSON or CloudEvents',
    body: z.union([predictionSchema, z.array(predictionSchema)]),
    answer: ingestReport,
  },
  prediction: {
    method: 'GET',
    path: '/predictions/{stream}/{id}',
    caller: 'streams.read',
    does: 'What is stored of a prediction',
    params: z.strictObject({ stream: streamNameSchema, id: predictionIdSchema }),
    answer: storedPredictionSchema,
  },
  outcomes: {
    method: 'POST',
    path: '/outcomes',
    caller: 'ingest-key',
    does: 'Takes in truth that arrives later',
    body: z.union([outcomeSchema, z.array(outcomeSchema)]),
    answer: ingestReport,
  },
} as const satisfies Record<string, Route>;
