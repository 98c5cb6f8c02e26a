import * as z from 'zod';
import { instantSchema } from './instant.ts';
import { timeZoneSchema, weeklyHoursSchema } from './on-call.ts';
import { prioritySchema } from './policy.ts';
import { nameText, proseText } from './text.ts';

/** Hours in which P3 and P4 wait, on the clock of a zone. */
export const quietHoursSchema = z.strictObject({
  timeZone: timeZoneSchema,
  hours: z.array(weeklyHoursSchema).min(1).max(30),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** Whom a step calls: a person, whoever is on call, everyone in a team, or a channel where others listen. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), personId: z.uuid() }),
  z.strictObject({ kind: z.literal('schedule'), scheduleId: z.uuid() }),
  z.strictObject({ kind: z.literal('team'), teamId: z.uuid() }),
  z.strictObject({ kind: z.literal('channel'), channelId: z.uuid() }),
]);
export type Target = z.infer<typeof targetSchema>;

/** Calls its targets and then waits for somebody to claim: 10 seconds to 9,000 minutes. */
export const escalationStepSchema = z.strictObject({
  targets: z.array(targetSchema).min(1).max(20),
  waitSeconds: z.int().min(10).max(540_000),
});
export type EscalationStep = z.infer<typeof escalationStepSchema>;

/** What happens to a flag that nobody answers. */
export const escalationPolicySettingsSchema = z.strictObject({
  name: nameText(100),
  /** The first is taken at once, each other one when the wait of the one before it is over. */
  steps: z.array(escalationStepSchema).min(1).max(10),
  /** How often all steps are taken again. */
  repeats: z.int().min(0).max(5),
  /** The last call, to everyone in the team; when its wait is over the flag lapses. */
  lastCall: escalationStepSchema,
  /** A claim that has had no verdict for so long is called again: whoever holds it, and whoever is on call. */
  verdictWithinSeconds: z.int().min(30).max(86_400),
  /** P3 and P4 climb no further in these hours. */
  quietHours: quietHoursSchema.nullable(),
});
export type EscalationPolicySettings = z.infer<typeof escalationPolicySettingsSchema>;

/** An escalation policy as stored, under optimistic locking. A flag keeps the one that it started with. */
export const escalationPolicySchema = escalationPolicySettingsSchema.extend({
  id: z.uuid(),
  version: z.int().min(1),
});
export type EscalationPolicy = z.infer<typeof escalationPolicySchema>;

/** Which escalation policy a flag starts with, by its priority, where its stream names none. */
export const policyOfPrioritySchema = z.strictObject({
  P1: z.uuid().nullable(),
  P2: z.uuid().nullable(),
  P3: z.uuid().nullable(),
  P4: z.uuid().nullable(),
});
export type PolicyOfPriority = z.infer<typeof policyOfPrioritySchema>;

export const teamSchema = z.strictObject({
  id: z.uuid(),
  name: nameText(100),
  memberIds: z.array(z.uuid()).max(200),
});
export type Team = z.infer<typeof teamSchema>;

/** One taking of the climb: a step (`round` from 0), the last call, the lapse; or a call about a claim, or a return. */
export const moveSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('step'), round: z.int().min(0), step: z.int().min(0) }),
  z.strictObject({ kind: z.literal('last-call') }),
  z.strictObject({ kind: z.literal('lapse') }),
  /** Claimed is not done: whoever holds the flag is called, and whoever is on call now. */
  z.strictObject({ kind: z.literal('call-again'), claimantId: z.uuid() }),
  /** A snooze or a shelf is over: the climb begins anew. */
  z.strictObject({ kind: z.literal('return'), from: z.enum(['snoozed', 'shelved']) }),
]);
export type Move = z.infer<typeof moveSchema>;

/** Why a climb stands still. */
export const standSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('claimed'), byId: z.uuid(), at: instantSchema }),
  z.strictObject({
    kind: z.enum(['snoozed', 'shelved']),
    byId: z.uuid(),
    at: instantSchema,
    until: instantSchema,
    reason: proseText(500).min(1),
  }),
]);
export type Stand = z.infer<typeof standSchema>;

/** Where the escalation of a flag is. Everything that is due follows from this and from the policy it started with. */
export const escalationLifeSchema = z.strictObject({
  priority: prioritySchema,
  startedAt: instantSchema,
  /** How many moves of the climb have been taken. */
  taken: z.int().min(0).max(100),
  /** From when the wait for the next move counts. */
  waitsSinceAt: instantSchema,
  stand: standSchema.nullable(),
  /** Whose claim had no verdict in time and was called again: it stops the climb no longer. */
  calledAgainId: z.uuid().nullable(),
  ended: z.strictObject({ at: instantSchema, by: z.enum(['verdict', 'lapse']) }).nullable(),
});
export type EscalationLife = z.infer<typeof escalationLifeSchema>;

/** Flags of some kinds on a stream, put off together for a time. */
export const shelfSchema = z.strictObject({
  id: z.uuid(),
  stream: nameText(200),
  /** Signal kinds or causes; a flag is shelved when all of its own are among them. */
  kinds: z.array(nameText(100)).min(1).max(30),
  ownerId: z.uuid(),
  reason: proseText(500).min(1),
  from: instantSchema,
  until: instantSchema,
});
export type Shelf = z.infer<typeof shelfSchema>;
