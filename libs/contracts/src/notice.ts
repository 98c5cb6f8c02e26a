import * as z from 'zod';
import { quietHoursSchema } from './escalation.ts';
import { instantSchema } from './instant.ts';
import { prioritySchema } from './policy.ts';
import { nameText } from './text.ts';

export const contactKinds = ['push', 'email', 'webhook', 'slack'] as const;
export type ContactKind = (typeof contactKinds)[number];

/** A way to reach a person. It is used once its owner has proven that it arrives, and not while it is disabled. */
export const contactMethodSchema = z.strictObject({
  id: z.uuid(),
  personId: z.uuid(),
  kind: z.enum(contactKinds),
  name: nameText(100),
  /** Mail address, URL, or the endpoint of a push subscription. */
  address: nameText(1_000),
  verifiedAt: instantSchema.nullable(),
  disabledAt: instantSchema.nullable(),
});
export type ContactMethod = z.infer<typeof contactMethodSchema>;

/** So long after a page, use this way. */
export const notificationRuleSchema = z.strictObject({
  afterSeconds: z.int().min(0).max(86_400),
  contactMethodId: z.uuid(),
  priorities: z.array(prioritySchema).min(1).max(4),
});
export type NotificationRule = z.infer<typeof notificationRuleSchema>;

/** How one person wants to be reached. */
export const notificationRulesSchema = z.strictObject({
  rules: z.array(notificationRuleSchema).max(15),
  quietHours: quietHoursSchema.nullable(),
});
export type NotificationRules = z.infer<typeof notificationRulesSchema>;

/** One notice of a page on one way. The console has one always; it has no contact method. */
export const noticeSchema = z.strictObject({
  /** The same for the same page, way and rule, so that a repeated expansion gives no second notice. */
  id: nameText(200),
  pageId: z.uuid(),
  personId: z.uuid(),
  kind: z.enum([...contactKinds, 'console']),
  contactMethodId: z.uuid().nullable(),
  dueAt: instantSchema,
  /** Put off by quiet hours. */
  isHeldBack: z.boolean(),
});
export type Notice = z.infer<typeof noticeSchema>;
