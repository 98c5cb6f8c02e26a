import * as z from 'zod';
import { labelSchema } from './prediction.ts';
import { nameText, proseText } from './text.ts';

/**
 * What a model may do alone: `autonomous` (logged, sampled), `supervised` (acts, people intervene), `gated` (nothing
 * released before a verdict), `stopped` (safe state).
 */
export const autonomyModes = ['autonomous', 'supervised', 'gated', 'stopped'] as const;
export const autonomySchema = z.enum(autonomyModes);
export type Autonomy = (typeof autonomyModes)[number];

export const priorities = ['P1', 'P2', 'P3', 'P4'] as const;
export const prioritySchema = z.enum(priorities);
/** P1 is the most urgent. */
export type Priority = (typeof priorities)[number];

const share = z.number().min(0).max(1);
const onOff = { enabled: z.boolean() };

/** Predictions between false alarms, on average at least; null leaves it to the stream's budget of alarms. */
const falseAlarmEvery = z.int().min(1_000).max(1e9).nullable();

/** A condition on one prediction. `field` is `label`, `value`, `confidence`, `feature:NAME` or `segment:NAME`. */
export const ruleSchema = z.strictObject({
  name: nameText(100),
  when: z
    .array(
      z.strictObject({
        field: nameText(120),
        is: z.enum(['equals', 'differs', 'below', 'above', 'one-of', 'missing']),
        than: z.union([z.number(), z.string().max(200), z.boolean(), z.array(z.string().max(200)).max(100)]).optional(),
      }),
    )
    .min(1)
    .max(10),
  priority: prioritySchema,
});
export type Rule = z.infer<typeof ruleSchema>;

/** Settings of every detector by its kind. Promises count predictions unless the name says otherwise. */
export const detectorSettingsSchema = z.strictObject({
  malformed: z.strictObject({ ...onOff, sumTolerance: z.number().min(0).max(1) }),
  rule: z.strictObject({ ...onOff, rules: z.array(ruleSchema).max(50) }),
  /** Flags below `threshold` where one is set; else the stream's least sure `share`. */
  'low-confidence': z.strictObject({ ...onOff, share, threshold: share.nullable() }),
  /** Flags when the two likeliest labels are closer than `threshold`; null leaves it to the stream's own `share`. */
  'small-margin': z.strictObject({ ...onOff, share, threshold: share.nullable() }),
  /** Flags intervals wider than all but `share` of the stream's recent ones, and a tenth wider than the usual one. */
  'wide-interval': z.strictObject({ ...onOff, share }),
  'audit-sample': z.strictObject({ ...onOff, probability: share }),
  /**
   * Where `falseAlarmEvery` is a number: so many predictions between false alarms, on average at least, when nothing
   * changes; on a stream with more predictions a day than that, a day.
   */
  'confidence-shift': z.strictObject({ ...onOff, falseAlarmEvery }),
  'label-shift': z.strictObject({ ...onOff, falseAlarmEvery }),
  'segment-shift': z.strictObject({ ...onOff, falseAlarmEvery }).default({ enabled: true, falseAlarmEvery: null }),
  'latency-shift': z.strictObject({ ...onOff, falseAlarmEvery }),
  /**
   * Silence longer than `factor` usual gaps of the hour (as a random moment meets them), never under `atLeastSeconds`;
   * null leaves the factor to the stream's budget of alarms.
   */
  silence: z.strictObject({
    ...onOff,
    factor: z.number().min(2).max(1000).nullable(),
    atLeastSeconds: z.int().min(5).max(86_400),
  }),
  /** A minute with more than `factor` times the usual count, and no fewer than `atLeastPerMinute`. */
  burst: z.strictObject({ ...onOff, factor: z.number().min(1.5).max(1000), atLeastPerMinute: z.int().min(1) }),
  /** Flags what is unlike all that the stream has shown, when such a thing comes in no more than `share` of the predictions. */
  novelty: z.strictObject({ ...onOff, share }).default({ enabled: true, share: 0.005 }),
  /**
   * Two models that answer the same question differently; values differ from `valueTolerance` of the larger on. At most
   * `share` of the predictions are flagged for it.
   */
  disagreement: z
    .strictObject({
      ...onOff,
      share,
      valueTolerance: share,
      withinSeconds: z.int().min(1).max(86_400),
    })
    .default({ enabled: true, share: 0.05, valueTolerance: 0.1, withinSeconds: 600 }),
  /**
   * A segment that fares otherwise than the rest. `level`: the probability of ever saying so while there is no difference.
   * `favourable`: the labels that a person would want.
   */
  disparity: z
    .strictObject({ ...onOff, level: z.number().min(0.001).max(0.2), favourable: z.array(labelSchema).max(100) })
    .default({ enabled: true, level: 0.05, favourable: [] }),
  /** `threshold`: how odd a minute's mean value, extent of values or mean confidence must be, in [0, 1]; see `score` of the CLI. */
  'unusual-value': z.strictObject({ ...onOff, threshold: share }).default({ enabled: true, threshold: 0.85 }),
  /** The same of how many predictions came in a minute, and how long the model took for them. */
  'unusual-rate': z.strictObject({ ...onOff, threshold: share }).default({ enabled: true, threshold: 0.85 }),
});
export type DetectorSettings = z.infer<typeof detectorSettingsSchema>;

/** How many window flags a week are wanted of a stream; the detectors' thresholds follow. */
export const alarmSettingsSchema = z.strictObject({ windowFlagsPerWeek: z.number().min(0.01).max(1_000) });
export type AlarmSettings = z.infer<typeof alarmSettingsSchema>;

const defaultAlarms: AlarmSettings = { windowFlagsPerWeek: 2 };

export const policySettingsSchema = z.strictObject({
  autonomy: autonomySchema,
  /** Person or team that answers for the stream. */
  owner: nameText(100).nullable(),
  description: proseText(2_000),
  /** The declared labels, in the order of the answer keys; empty means: as seen. */
  labels: z.array(labelSchema).max(100),
  alarms: alarmSettingsSchema.default(defaultAlarms),
  detectors: detectorSettingsSchema,
  risk: z.strictObject({ target: share, confidence: share, reviewBudget: share }),
  review: z.strictObject({
    leaseSeconds: z.int().min(10).max(3_600),
    undoSeconds: z.int().min(0).max(300),
    reasonRequired: z.boolean(),
    /** Open prediction flags beyond this join one `backlog` flag. */
    maxOpenFlags: z.int().min(1).max(100_000),
    /** A second look that nobody has answered after so many hours lapses, and counts as an error. */
    secondLookHours: z.int().min(1).max(720).default(72),
  }),
  escalationPolicyId: z.uuid().nullable(),
  retentionDays: z.int().min(1).max(3_650),
});
export type PolicySettings = z.infer<typeof policySettingsSchema>;

/** A stream's settings, under optimistic locking: a change names the version it was made from. */
export const policySchema = policySettingsSchema.extend({ version: z.int().min(1) });
export type Policy = z.infer<typeof policySchema>;

/** `PUT /streams/{stream}/policy`: the whole policy as read, with its version, and why it changes. */
export const policyChangeSchema = policySchema.extend({ reason: proseText(1_000).optional() });
export const autonomyChangeSchema = z.strictObject({ autonomy: autonomySchema, reason: proseText(1_000).min(1) });

/** What an unknown stream starts with. */
export const defaultPolicy: Policy = {
  version: 1,
  autonomy: 'supervised',
  owner: null,
  description: '',
  labels: [],
  alarms: defaultAlarms,
  detectors: {
    malformed: { enabled: true, sumTolerance: 0.02 },
    rule: { enabled: true, rules: [] },
    'low-confidence': { enabled: true, share: 0.08, threshold: null },
    'small-margin': { enabled: true, share: 0.02, threshold: null },
    'wide-interval': { enabled: true, share: 0.05 },
    'audit-sample': { enabled: true, probability: 0.01 },
    'confidence-shift': { enabled: true, falseAlarmEvery: null },
    'label-shift': { enabled: true, falseAlarmEvery: null },
    'segment-shift': { enabled: true, falseAlarmEvery: null },
    'latency-shift': { enabled: true, falseAlarmEvery: null },
    silence: { enabled: true, factor: null, atLeastSeconds: 60 },
    burst: { enabled: true, factor: 5, atLeastPerMinute: 60 },
    novelty: { enabled: true, share: 0.005 },
    disagreement: { enabled: true, share: 0.05, valueTolerance: 0.1, withinSeconds: 600 },
    disparity: { enabled: true, level: 0.05, favourable: [] },
    'unusual-value': { enabled: true, threshold: 0.85 },
    'unusual-rate': { enabled: true, threshold: 0.85 },
  },
  risk: { target: 0.02, confidence: 0.9, reviewBudget: 0.1 },
  review: {
    leaseSeconds: 120,
    undoSeconds: 10,
    reasonRequired: false,
    maxOpenFlags: 2_000,
    secondLookHours: 72,
  },
  escalationPolicyId: null,
  retentionDays: 30,
};
