import * as z from 'zod';
import { actorSchema } from './flag.ts';
import { instantSchema } from './instant.ts';
import { policySchema, policySettingsSchema } from './policy.ts';
import { streamNameSchema } from './prediction.ts';
import { proseText } from './text.ts';

/** A stream has at most so many drafts of its policy at a time. */
export const mostDrafts = 20;
/** So many people may have a hand in one draft. */
export const mostAuthors = 20;

/**
 * How a version of a policy came into force: `registered` with its stream, `direct` by `PUT`, `autonomy` by a change of the mode
 * alone, `draft` published, `rollback` to an earlier version.
 */
export const policyWays = ['registered', 'direct', 'autonomy', 'draft', 'rollback'] as const;
export type PolicyWay = (typeof policyWays)[number];

/**
 * Whether somebody else than its authors has put a version into force: `second-person`, or `alone`. A rollback counts as
 * `second-person` when the version was in force before.
 */
export const policyApprovals = ['second-person', 'alone'] as const;
export type PolicyApproval = (typeof policyApprovals)[number];

/** A policy that is not in force yet. It is saved by owners, and published by one who is none of its authors. */
export const policyDraftSchema = z.strictObject({
  id: z.uuid(),
  stream: streamNameSchema,
  /** Grows by one with every save; a save or a publication names the version it was decided on. */
  version: z.int().min(1),
  /** The version of the policy that it was made from; it is published only while this is in force. */
  basedOn: z.int().min(1),
  settings: policySettingsSchema,
  /** What it is for, in its authors' words. */
  note: z.string(),
  /** Everybody who has saved it, the first one first. None of them may publish it while duties are separated. */
  authors: z.array(actorSchema),
  createdAt: instantSchema,
  savedAt: instantSchema,
});
export type PolicyDraft = z.infer<typeof policyDraftSchema>;

const note = proseText(1_000);

export const newDraftSchema = z.strictObject({
  basedOn: z.int().min(1),
  settings: policySettingsSchema,
  note: note.optional(),
});
export const draftChangeSchema = newDraftSchema.extend({ version: z.int().min(1) });
/** `version` is that of the draft as it was read and compared. */
export const publicationSchema = z.strictObject({
  version: z.int().min(1),
  reason: proseText(1_000).min(1),
});
/** Puts the settings of version `to` into force again, as a new version. `version` is the one in force. */
export const rollbackSchema = z.strictObject({
  version: z.int().min(1),
  to: z.int().min(1),
  reason: proseText(1_000).min(1),
});

/** One setting that differs: RFC 6901 path, value before and after; absent where there was or is none. */
export const changedSettingSchema = z.strictObject({
  path: z.string(),
  from: z.json().optional(),
  to: z.json().optional(),
});
export type ChangedSetting = z.infer<typeof changedSettingSchema>;

/** A draft beside the policy in force. */
export const draftComparisonSchema = z.strictObject({
  draft: policyDraftSchema,
  policy: policySchema,
  changed: z.array(changedSettingSchema),
  /** Another version has come into force since the draft was made: it is saved anew before it is published. */
  isStale: z.boolean(),
  /** Why the one who asks may not publish it; null when they may. */
  refusal: z.string().nullable(),
});
export type DraftComparison = z.infer<typeof draftComparisonSchema>;

/** A version of a policy, as its history lists it. */
export const policyVersionSchema = z.strictObject({
  version: z.int(),
  at: instantSchema,
  /** Null for the system. */
  by: actorSchema.nullable(),
  reason: z.string().nullable(),
  way: z.enum(policyWays),
  /** Null for what the system did. */
  approval: z.enum(policyApprovals).nullable(),
  /** The version whose settings it put into force again. */
  restores: z.int().nullable(),
  /** Paths of the settings that differ from the version before, RFC 6901. */
  changed: z.array(z.string()),
});
export type PolicyVersionRow = z.infer<typeof policyVersionSchema>;
