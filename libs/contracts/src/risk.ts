import * as z from 'zod';
import { instantSchema } from './instant.ts';

const share = z.number().min(0).max(1);
const rate = { rate: share.nullable(), low: share, high: share, answers: z.int(), errors: z.int() };

/** A threshold of confidence, and what the adjudicated answers say of the predictions that reach it. */
export const riskPointSchema = z.strictObject({
  threshold: z.number(),
  /** The share of the predictions that reach it. */
  coverage: share,
  /** The estimated error rate of those, with an interval that holds at all times together. */
  ...rate,
  /** The evidence that their error rate is below the target, and what certifies it; null while it is not its turn. */
  wealth: z.number(),
  needed: z.number().nullable(),
  isCertified: z.boolean(),
});
export type RiskPoint = z.infer<typeof riskPointSchema>;

export const riskPhases = ['learning-grid', 'review-first', 'auditing'] as const;

/** What is in force for the next prediction, since the prediction after `since`. */
export const riskPlanSchema = z.strictObject({
  /** The certified confidence that stands for the policy's threshold; null: the policy's own settings hold. */
  certified: share.nullable(),
  /** The chance of being drawn for an audit, at `certified` and above (of all, while it is null), and below it. */
  above: share,
  below: share,
  /** The plan holds for predictions with a greater position. */
  afterPosition: z.int(),
  at: instantSchema,
});
export type RiskPlan = z.infer<typeof riskPlanSchema>;

/** Why the certificate in hand does not steer, or there is none; `nothing` when one steers. */
export const riskHindrances = [
  'nothing',
  'no-confidence',
  'audits-off',
  'learning',
  'answers',
  'backlog',
  'budget',
] as const;
export type RiskHindrance = (typeof riskHindrances)[number];

/** Reliability: of the predictions whose confidence lies in [from, to), how many were right. */
export const reliabilityBinSchema = z.strictObject({
  from: share,
  to: share,
  answers: z.int(),
  confidence: share.nullable(),
  right: share.nullable(),
  low: share,
  high: share,
});

export const streamRiskSchema = z.strictObject({
  /** The owner's words: at most `target` errors among what is released without a human, `confidence` sure. */
  target: share,
  confidence: share,
  reviewBudget: share,
  /** Grows when certificates are revoked, or the target or the model changes. */
  epoch: z.int(),
  phase: z.enum(riskPhases),
  plan: riskPlanSchema.nullable(),
  hindrance: z.enum(riskHindrances),
  /** What holds now and what is missing, in plain sentences with the numbers. */
  sentences: z.array(z.string()),
  /** The certificate in hand, whether it steers or not. */
  certificate: z.strictObject({ threshold: share, coverage: share }).nullable(),
  /** Risk against coverage, from the highest threshold to the lowest; empty until they are learnt. */
  points: z.array(riskPointSchema),
  /** Of what was released and audited since the threshold last changed. */
  present: z.strictObject({ coverage: share.nullable(), ...rate }),
  verdicts: z.strictObject({
    /** Adjudicated answers that count in this epoch. */
    answered: z.int(),
    /** Answers still needed for the first certificate, if none is an error; and at the error rate seen (null: no number is enough). */
    missingAtBest: z.int(),
    missingExpected: z.int().nullable(),
    /** Drawn, and not answered yet. */
    waiting: z.int(),
    /** Of them, those that count as errors until they are answered. */
    charged: z.int(),
  }),
  budget: z.strictObject({
    canCarry: z.boolean(),
    because: z.enum(['risk', 'review', 'time']).nullable(),
    answersPerDay: z.number(),
    daysExpected: z.number().nullable(),
    /** The share of all predictions that people look at, once certified. */
    looksAfterwards: share,
  }),
  drift: z.strictObject({ evidence: z.number(), revokeAt: z.number() }),
  /** The certified threshold over time: a plan each time it changed, oldest first, at most 500. */
  history: z.array(riskPlanSchema.extend({ epoch: z.int() })),
  reliability: z.array(reliabilityBinSchema),
  /** Above 1 the model is too sure of itself. */
  temperature: z.number(),
});
export type StreamRisk = z.infer<typeof streamRiskSchema>;
