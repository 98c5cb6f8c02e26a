import * as z from 'zod';
import { instantSchema } from './instant.ts';
import { prioritySchema } from './policy.ts';
import { labelSchema, predictionIdSchema, shownPredictionSchema, streamNameSchema } from './prediction.ts';
import { signalKinds, signalSchema } from './signal.ts';
import { cutText, entryTextLength, proseText } from './text.ts';

/**
 * `open` waits for somebody; `claimed` is leased to one reviewer; `snoozed` comes back by itself; `settled` has a
 * verdict; `lapsed` means that nobody answered and the stream's safe action was taken; `withdrawn` that there is nothing left
 * to answer.
 */
export const flagStates = ['open', 'claimed', 'snoozed', 'settled', 'lapsed', 'withdrawn'] as const;
export const flagStateSchema = z.enum(flagStates);
export type FlagState = (typeof flagStates)[number];

export const verdictKinds = ['confirmed', 'overridden'] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** Why a person overrode. `other` asks for a note. */
export const reasonCodes = [
  'wrong-class',
  'missing-context',
  'out-of-distribution',
  'policy-exception',
  'data-fault',
  'known-entity',
  'other',
] as const;
export const reasonCodeSchema = z.enum(reasonCodes);
export type ReasonCode = (typeof reasonCodes)[number];

export const actorSchema = z.strictObject({ id: z.uuid(), name: z.string() });
/** A person as others see them beside what they did. */
export type Actor = z.infer<typeof actorSchema>;

/** One answer. Later answers supersede, they never edit: the last that is not undone stands. */
export const verdictSchema = z.strictObject({
  id: z.uuid(),
  verdict: z.enum(verdictKinds),
  label: labelSchema.optional(),
  value: z.number().optional(),
  reason: reasonCodeSchema.optional(),
  note: z.string().optional(),
  by: actorSchema,
  at: instantSchema,
  /** The verdict that this one replaces. */
  supersedes: z.uuid().optional(),
  undoneAt: instantSchema.optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const commentSchema = z.strictObject({ id: z.uuid(), by: actorSchema, at: instantSchema, text: z.string() });
export type Comment = z.infer<typeof commentSchema>;

/** One prediction that a window flag gathers. */
export const flagItemSchema = z.strictObject({
  predictionId: predictionIdSchema,
  at: instantSchema,
  label: z.string().optional(),
  value: z.number().optional(),
  confidence: z.number().optional(),
  kinds: z.array(z.enum(signalKinds)),
  /** What the model said is left out: whoever reads this could still answer it blind. */
  isBlind: z.literal(true).optional(),
});
export type FlagItem = z.infer<typeof flagItemSchema>;

export const subjectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prediction'), prediction: shownPredictionSchema }),
  z.strictObject({
    kind: z.literal('window'),
    from: instantSchema,
    to: instantSchema,
    /** The newest gathered predictions, at most 100; `itemCount` has them all. */
    items: z.array(flagItemSchema),
    itemCount: z.int(),
  }),
]);
/** What a flag asks about: one prediction, or a window of a stream. */
export type Subject = z.infer<typeof subjectSchema>;

export const claimHolderSchema = z.strictObject({ by: actorSchema, expiresAt: instantSchema });
/** Who holds a flag, as everybody may see it. The token is known to the holder alone. */
export type ClaimHolder = z.infer<typeof claimHolderSchema>;

/** How a drawn prediction was judged in the end, and by whom; `nobody`: its second look lapsed, which counts as an error. */
export const adjudicators = ['first', 'second', 'outcome', 'nobody'] as const;
export type Adjudicator = (typeof adjudicators)[number];

/**
 * Where the audit of a drawn prediction stands. One person's disagreement with the model is not enough for an error: a second
 * one decides, who sees neither the first answer nor the model's.
 */
export const auditStandingSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('first-look') }),
  z.strictObject({ state: z.literal('second-look'), secondLookId: z.uuid() }),
  z.strictObject({
    state: z.literal('adjudicated'),
    isError: z.boolean(),
    by: z.enum(adjudicators),
    at: instantSchema,
    secondLookId: z.uuid().optional(),
  }),
]);
export type AuditStanding = z.infer<typeof auditStandingSchema>;

export const flagSchema = z.strictObject({
  id: z.uuid(),
  /** Grows by one with every change; an act names the version it was decided on. */
  version: z.int(),
  stream: streamNameSchema,
  state: flagStateSchema,
  priority: prioritySchema,
  raisedAt: instantSchema,
  dueAt: instantSchema.optional(),
  snoozedUntil: instantSchema.optional(),
  subject: subjectSchema,
  signals: z.array(signalSchema),
  claim: claimHolderSchema.optional(),
  verdicts: z.array(verdictSchema),
  comments: z.array(commentSchema),
  /** Labels that may be answered, in key order 1-9; empty for values and windows. */
  choices: z.array(z.string()),
  /** Until when the last verdict can be undone without a trace in the outcome (it stays in the record). */
  undoUntil: instantSchema.optional(),
  /** Of a flag that chance drew for the audit. */
  audit: auditStandingSchema.optional(),
  /** This flag is the second look at what that flag asked first. */
  secondLookOf: z.uuid().optional(),
  /** The model's answer and other people's are left out: whoever reads this could still answer it blind. */
  isBlind: z.literal(true).optional(),
});
export type Flag = z.infer<typeof flagSchema>;

/** A flag as a row of the queue; small enough to travel in the record. */
export const flagRowSchema = z.strictObject({
  id: z.uuid(),
  version: z.int(),
  stream: streamNameSchema,
  state: flagStateSchema,
  priority: prioritySchema,
  raisedAt: instantSchema,
  dueAt: instantSchema.optional(),
  subjectKind: z.enum(['prediction', 'window']),
  predictionId: predictionIdSchema.optional(),
  kinds: z.array(z.enum(signalKinds)),
  reason: cutText(entryTextLength),
  itemCount: z.int().optional(),
  /** This flag is the second look at that one, which at this version has its first answer. */
  secondLookOf: z.strictObject({ flagId: z.uuid(), version: z.int() }).optional(),
});
export type FlagRow = z.infer<typeof flagRowSchema>;

const versionSchema = z.int().min(1);
const claimTokenSchema = z.string().min(1).max(100);

export const claimGrantSchema = z.strictObject({ token: claimTokenSchema, expiresAt: instantSchema });
export type ClaimGrant = z.infer<typeof claimGrantSchema>;
export const claimedFlagSchema = z.strictObject({ flag: flagSchema, claim: claimGrantSchema });
export type ClaimedFlag = z.infer<typeof claimedFlagSchema>;

/** Bodies of the acts on a flag. */
export const nextRequestSchema = z.strictObject({
  stream: streamNameSchema.optional(),
  /** Flags to leave out: those the screen already holds. */
  not: z.array(z.uuid()).max(20).optional(),
});
export const claimRequestSchema = z.strictObject({
  version: versionSchema.optional(),
  claim: claimTokenSchema.optional(),
});
export const heldActSchema = z.strictObject({ version: versionSchema.optional(), claim: claimTokenSchema });
export const skipRequestSchema = heldActSchema.extend({ reason: proseText(500).optional() });
export const snoozeRequestSchema = heldActSchema.extend({
  minutes: z.int().min(1).max(480),
  reason: proseText(500).optional(),
});
export const escalateRequestSchema = z.strictObject({
  version: versionSchema,
  claim: claimTokenSchema.optional(),
  reason: proseText(500).optional(),
});
export const commentRequestSchema = z.strictObject({
  version: versionSchema.optional(),
  text: proseText(4_000).min(1),
});
export const verdictRequestSchema = z
  .strictObject({
    version: versionSchema,
    /** Needed unless a settled verdict of one's own is superseded. */
    claim: claimTokenSchema.optional(),
    label: labelSchema.optional(),
    value: z.number().optional(),
    verdict: z.enum(verdictKinds).optional(),
    reason: reasonCodeSchema.optional(),
    note: proseText(4_000).optional(),
  })
  .refine(
    ({ label, value, verdict }) => [label, value, verdict].filter((part) => part !== undefined).length === 1,
    'needs exactly one of label, value and verdict',
  )
  .refine(({ reason, note }) => reason !== 'other' || (note ?? '').trim() !== '', {
    message: 'says what the other reason is',
    path: ['note'],
  });
/** What a person answers. A label or value is compared with the model's: confirm and override are derived, not said. */
export type Answer = z.infer<typeof verdictRequestSchema>;
export const undoRequestSchema = z.strictObject({ version: versionSchema });

export const flagQuerySchema = z.strictObject({
  state: z.string().max(100).optional(),
  stream: streamNameSchema.optional(),
  priority: prioritySchema.optional(),
  kind: z.enum(signalKinds).optional(),
  mine: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  after: z.string().max(300).optional(),
});
