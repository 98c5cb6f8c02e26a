import * as z from 'zod';
import { instantSchema } from './instant.ts';
import { streamNameSchema } from './prediction.ts';
import { nameText } from './text.ts';

export const roles = ['supervisor', 'reviewer', 'auditor', 'owner', 'administrator'] as const;
export const roleSchema = z.enum(roles);
export type Role = (typeof roles)[number];

/** What a role may do. Which role may do which stands in one table in the server; who may nothing is told nothing. */
export const permissions = [
  'streams.read',
  'streams.steer',
  'policies.try',
  'flags.read',
  'flags.decide',
  'flags.comment',
  'record.read',
  'record.read-access',
  'record.export',
  'live.listen',
  'people.read',
  'people.edit',
  'keys.read',
  'keys.edit',
  'account.own',
] as const;
export type Permission = (typeof permissions)[number];

export const emailSchema = z.email().max(200);
/** Long rather than odd; at most 200 characters so that hashing stays bounded. */
export const passwordSchema = z.string().min(10).max(200);

export const personSchema = z.strictObject({
  id: z.uuid(),
  email: emailSchema,
  name: nameText(100),
  roles: z.array(roleSchema),
  isDisabled: z.boolean(),
  createdAt: instantSchema,
});
export type Person = z.infer<typeof personSchema>;

export const newPersonSchema = z.strictObject({
  email: emailSchema,
  name: nameText(100),
  roles: z.array(roleSchema).min(1).max(5),
  password: passwordSchema.optional(),
});
export const personChangeSchema = z.strictObject({
  name: nameText(100).optional(),
  roles: z.array(roleSchema).min(1).max(5).optional(),
  password: passwordSchema.optional(),
  /** Needed when one changes one's own password and has one. */
  currentPassword: z.string().max(200).optional(),
  isDisabled: z.boolean().optional(),
});

export const loginRequestSchema = z.strictObject({ email: z.string().max(200), password: z.string().max(200) });
export const linkRequestSchema = z.strictObject({ token: z.string().min(1).max(200) });

export const meSchema = z.strictObject({
  person: personSchema,
  permissions: z.array(z.enum(permissions)),
  /** Off: people who edit rules, keys or people may also decide. Every screen says so. */
  separationOfDuties: z.boolean(),
  session: z.strictObject({ expiresAt: instantSchema }),
});
export type Me = z.infer<typeof meSchema>;

export const keySchema = z.strictObject({
  id: z.uuid(),
  name: nameText(100),
  /** Stream names; `*` alone means every stream. */
  streams: z.array(z.union([streamNameSchema, z.literal('*')])),
  createdAt: instantSchema,
  revokedAt: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
});
export type IngestKey = z.infer<typeof keySchema>;
export const newKeySchema = z.strictObject({
  name: nameText(100),
  streams: z
    .array(z.union([streamNameSchema, z.literal('*')]))
    .min(1)
    .max(100),
});
/** The secret is shown this once and kept as a hash. */
export const createdKeySchema = keySchema.extend({ secret: z.string() });
export type CreatedKey = z.infer<typeof createdKeySchema>;
