import * as z from 'zod';
import { roleSchema } from './access.ts';
import { adjudicators, flagRowSchema, reasonCodeSchema, verdictKinds } from './flag.ts';
import { instantSchema } from './instant.ts';
import { autonomySchema, prioritySchema } from './policy.ts';
import { predictionIdSchema, streamNameSchema } from './prediction.ts';
import { signalKinds } from './signal.ts';
import { mostAuthors, policyApprovals, policyWays } from './steering.ts';
import { cutText, entryTextLength } from './text.ts';

/**
 * How much an entry tells at most, so that its canonical form, in which a UTF-16 unit takes up to six bytes, stays within
 * 65,535 bytes whatever detectors, models and people wrote. Longer texts are cut; of a longer list of settings the rest is counted.
 */
export const entryBounds = {
  textLength: entryTextLength,
  filterLength: 4_000,
  paths: 64,
  pathLength: 120,
  streams: 100,
} as const;

const version = z.int();
const text = cutText(entryBounds.textLength);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const verdictData = z.strictObject({
  version,
  verdictId: z.uuid(),
  verdict: z.enum(verdictKinds),
  label: text.optional(),
  value: z.number().optional(),
  /** What the model had said. */
  modelLabel: text.optional(),
  modelValue: z.number().optional(),
  reason: reasonCodeSchema.optional(),
  /** SHA-256 of the salted note; the note itself can be erased without harm to the record. */
  noteDigest: digest.optional(),
  policyVersion: z.int(),
  undoUntil: instantSchema.optional(),
});

/**
 * Every kind of record entry and what it holds. People appear by id, prediction content not at all, so that both can be
 * erased while the record stays provable.
 */
export const entryData = {
  'stream-registered': z.strictObject({ task: z.enum(['label', 'value']), policyVersion: z.int() }),
  'policy-changed': z.strictObject({
    from: z.int(),
    to: z.int(),
    /** Paths of the settings that changed, RFC 6901. */
    changed: z.array(cutText(entryBounds.pathLength)).max(entryBounds.paths),
    /** How many more changed than are named. */
    more: z.int().min(1).optional(),
    autonomy: autonomySchema,
    reason: text.optional(),
    /** Absent in entries from before policies had drafts: then it was a direct change. */
    way: z.enum(policyWays).optional(),
    approval: z.enum(policyApprovals).optional(),
    draftId: z.uuid().optional(),
    /** Authors of the draft. */
    authors: z.array(z.uuid()).max(mostAuthors).optional(),
    /** The version whose settings are in force again. */
    restores: z.int().optional(),
  }),
  'policy-draft-saved': z.strictObject({
    draftId: z.uuid(),
    version,
    basedOn: z.int(),
    /** Paths of the settings that differ from the policy it is based on, RFC 6901. */
    changed: z.array(cutText(entryBounds.pathLength)).max(entryBounds.paths),
    more: z.int().min(1).optional(),
  }),
  'policy-draft-discarded': z.strictObject({ draftId: z.uuid(), version }),
  /** A new stretch in which the risk is taken not to rise. `because` says what has ended the one before. */
  'risk-epoch-begun': z.strictObject({
    epoch: z.int(),
    target: z.number(),
    confidence: z.number(),
    because: z.enum(['state-unreadable', 'revoked', 'target-changed', 'model-changed', 'confidences-changed']),
  }),
  /** Predictions of at least `threshold` are certified: their error rate is below the target. */
  'certificate-won': z.strictObject({
    epoch: z.int(),
    threshold: z.number(),
    coverage: z.number(),
    target: z.number(),
    wealth: z.number(),
    needed: z.number(),
  }),
  'certificate-revoked': z.strictObject({
    epoch: z.int(),
    target: z.number(),
    evidence: z.number(),
    needed: z.number(),
    errors: z.int(),
    answers: z.int(),
  }),
  /** What holds for the predictions after a position: with it, anybody can find audits that were skipped. */
  'risk-plan-changed': z.strictObject({
    epoch: z.int(),
    certified: z.number().nullable(),
    /** The chance of being drawn, at `certified` and above, and below it. */
    above: z.number(),
    below: z.number(),
    afterPosition: z.int(),
    because: z.enum([
      'certificate-won',
      'certificate-revoked',
      'epoch-begun',
      'policy-changed',
      'audits-raised',
      'budget',
    ]),
  }),
  'flag-raised': z.strictObject({ flag: flagRowSchema, policyVersion: z.int() }),
  /**
   * The window flag took in more predictions since the last such entry. Mere growth keeps the version, or nobody could answer a
   * flag that grows: an entry is news when its version *or* its `itemCount` is greater than what one knows.
   */
  'flag-joined': z.strictObject({
    version,
    itemCount: z.int(),
    priority: prioritySchema,
    kinds: z.array(z.enum(signalKinds)),
    reason: text,
  }),
  'flag-claimed': z.strictObject({ version, expiresAt: instantSchema }),
  'flag-released': z.strictObject({ version }),
  'claim-expired': z.strictObject({ version, heldBy: z.uuid() }),
  'flag-skipped': z.strictObject({ version, reason: text.optional() }),
  'flag-snoozed': z.strictObject({ version, until: instantSchema, reason: text.optional() }),
  'flag-woken': z.strictObject({ version }),
  'flag-escalated': z.strictObject({ version, priority: prioritySchema, reason: text.optional() }),
  'flag-commented': z.strictObject({ version, commentId: z.uuid(), textDigest: digest }),
  'flag-settled': verdictData,
  /** `expiresAt` is the end of the claim that the undo gave back. */
  'verdict-undone': z.strictObject({ version, verdictId: z.uuid(), expiresAt: instantSchema.optional() }),
  'verdict-superseded': verdictData.extend({ supersedes: z.uuid() }),
  'flag-lapsed': z.strictObject({ version, action: text }),
  'flag-withdrawn': z.strictObject({ version, because: text }),
  /**
   * Whether the model was wrong about a prediction that chance drew, settled for good: once for each. `flagId` is the first
   * look. `first`: confirmed there. `second`: overridden there, and a second person, blind, has said. `outcome`: the truth came
   * first. `nobody`: the second look lapsed, which counts as an error.
   */
  'audit-adjudicated': z.strictObject({
    predictionId: predictionIdSchema,
    position: z.int(),
    /** The chance with which it was drawn, and the draw; see the signal. */
    probability: z.number(),
    draw: z.number(),
    modelConfidence: z.number().nullable(),
    isError: z.boolean(),
    by: z.enum(adjudicators),
    verdictId: z.uuid().optional(),
    secondVerdictId: z.uuid().optional(),
    secondLookId: z.uuid().optional(),
  }),
  'person-added': z.strictObject({ personId: z.uuid(), roles: z.array(roleSchema) }),
  'person-changed': z.strictObject({
    personId: z.uuid(),
    changed: z.array(z.enum(['name', 'roles', 'password', 'isDisabled'])),
    roles: z.array(roleSchema).optional(),
    isDisabled: z.boolean().optional(),
  }),
  'person-signed-in': z.strictObject({ by: z.enum(['password', 'link']) }),
  'person-signed-out': z.strictObject({}),
  'key-created': z.strictObject({ keyId: z.uuid(), streams: z.array(z.string().max(64)).max(entryBounds.streams) }),
  'key-revoked': z.strictObject({ keyId: z.uuid() }),
  'record-exported': z.strictObject({
    after: z.int(),
    count: z.int(),
    format: z.enum(['jsonl', 'csv']),
    filter: cutText(entryBounds.filterLength),
  }),
  'duties-set': z.strictObject({ separationOfDuties: z.boolean() }),
} as const;

export type EntryKind = keyof typeof entryData;
export const entryKinds = Object.keys(entryData) as readonly EntryKind[];

/** Kinds that only those with `record.read-access` may read; others get the bare number. */
export const accessEntryKinds: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'person-added',
  'person-changed',
  'person-signed-in',
  'person-signed-out',
  'key-created',
  'key-revoked',
  'record-exported',
]);

export const entryActorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), id: z.uuid() }),
  z.strictObject({ kind: z.literal('system'), part: z.string() }),
]);
export type EntryActor = z.infer<typeof entryActorSchema>;

type DataOf<Kind extends EntryKind> = z.infer<(typeof entryData)[Kind]>;

/** What is hashed: the leaf of the tree is the RFC 8785 form of exactly these fields. */
export type EntryBody<Kind extends EntryKind = EntryKind> = {
  [K in Kind]: {
    readonly id: string;
    readonly at: string;
    readonly kind: K;
    readonly stream: string | null;
    readonly flagId: string | null;
    readonly actor: EntryActor;
    readonly data: DataOf<K>;
  };
}[Kind];

/** A numbered entry as served: the hashed body, and beside it its number, leaf hash and the actor's present name. */
export type RecordEntry<Kind extends EntryKind = EntryKind> = EntryBody<Kind> & {
  readonly number: number;
  /** RFC 6962 leaf hash, SHA-256(0x00 || body), hex. */
  readonly leafHash: string;
  readonly actorName: string;
};

/** An entry that one may not read: its number is all there is. */
export interface HiddenEntry {
  readonly number: number;
}
export type ServedEntry = RecordEntry | HiddenEntry;

export function isReadable(entry: ServedEntry): entry is RecordEntry {
  return 'kind' in entry;
}

export const servedEntrySchema = z.looseObject({
  number: z.int(),
  id: z.uuid().optional(),
  at: instantSchema.optional(),
  kind: z.enum(entryKinds as [EntryKind, ...EntryKind[]]).optional(),
  stream: streamNameSchema.nullable().optional(),
  flagId: z.uuid().nullable().optional(),
  actor: entryActorSchema.optional(),
  actorName: z.string().optional(),
  data: z.record(z.string(), z.json()).optional(),
  leafHash: digest.optional(),
});

export const recordQuerySchema = z.strictObject({
  /** Entries with a greater number. */
  after: z.coerce.number().int().min(0).optional(),
  /** Entries with a smaller number, newest first; not together with `after`. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).optional(),
  /** Comma-separated entry kinds. */
  kind: z.string().max(500).optional(),
  stream: streamNameSchema.optional(),
  flagId: z.uuid().optional(),
  personId: z.uuid().optional(),
  verdict: z.enum(verdictKinds).optional(),
  reason: reasonCodeSchema.optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
export type RecordQuery = z.infer<typeof recordQuerySchema>;

/** Somebody who did something that stands in the record. */
export const recordPersonSchema = z.strictObject({ id: z.uuid(), name: z.string() });
export type RecordPerson = z.infer<typeof recordPersonSchema>;

/** `head` is the highest number given out so far. */
export interface RecordPage {
  readonly items: readonly ServedEntry[];
  readonly head: number;
  readonly next?: string;
}
