import * as z from 'zod';
import * as access from './access.ts';
import * as flag from './flag.ts';
import { pageSchema } from './paging.ts';
import { autonomyChangeSchema, policyChangeSchema, policySchema } from './policy.ts';
import { outcomeSchema, predictionIdSchema, predictionSchema, streamNameSchema } from './prediction.ts';
import { recordQuerySchema, servedEntrySchema } from './record.ts';
import { signalSchema } from './signal.ts';
import { minuteSchema, minutesQuerySchema, predictionRowSchema, streamSummarySchema } from './stream.ts';

/** Who may call: a permission of signed-in people, an ingest key, or anybody. */
export type Caller = access.Permission | 'ingest-key' | 'anybody';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/api/v1`; parameters in braces. */
  readonly path: string;
  readonly caller: Caller;
  readonly does: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Absent where the answer has no body. */
  readonly answer?: z.ZodType;
  readonly status?: number;
}

const streamParams = z.strictObject({ stream: streamNameSchema });
const flagParams = z.strictObject({ id: z.uuid() });
const idParams = z.strictObject({ id: z.uuid() });

const ingestReport = z.strictObject({
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.array(z.strictObject({ index: z.int(), pointer: z.string(), reason: z.string() })),
});

/** A stored prediction with all that became of it. */
export const storedPredictionSchema = z.strictObject({
  prediction: predictionSchema,
  position: z.int(),
  receivedAt: z.string(),
  signals: z.array(signalSchema),
  flag: z.strictObject({ id: z.uuid(), state: flag.flagStateSchema }).nullable(),
  verdicts: z.array(flag.verdictSchema),
  outcome: outcomeSchema.nullable(),
});
export type StoredPrediction = z.infer<typeof storedPredictionSchema>;

const recordPage = z.strictObject({ items: z.array(servedEntrySchema), head: z.int(), next: z.string().optional() });

/** Every HTTP question. The server's handlers, its OpenAPI document and the console's client are made from this table. */
export const routes = {
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
  streams: {
    method: 'GET',
    path: '/streams',
    caller: 'streams.read',
    does: 'All streams, as tiles show them',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(500).optional(),
      after: z.string().max(100).optional(),
    }),
    answer: pageSchema(streamSummarySchema),
  },
  stream: {
    method: 'GET',
    path: '/streams/{stream}',
    caller: 'streams.read',
    does: 'One stream',
    params: streamParams,
    answer: streamSummarySchema,
  },
  minutes: {
    method: 'GET',
    path: '/streams/{stream}/minutes',
    caller: 'streams.read',
    does: 'Minute figures of a stream, at most 1,500',
    params: streamParams,
    query: minutesQuerySchema,
    answer: z.strictObject({ items: z.array(minuteSchema) }),
  },
  streamPredictions: {
    method: 'GET',
    path: '/streams/{stream}/predictions',
    caller: 'streams.read',
    does: 'Newest predictions of a stream',
    params: streamParams,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(500).optional(),
      before: z.coerce.number().int().min(1).optional(),
    }),
    answer: pageSchema(predictionRowSchema),
  },
  policy: {
    method: 'GET',
    path: '/streams/{stream}/policy',
    caller: 'streams.read',
    does: 'The policy in force',
    params: streamParams,
    answer: policySchema,
  },
  changePolicy: {
    method: 'PUT',
    path: '/streams/{stream}/policy',
    caller: 'streams.steer',
    does: 'Replaces the policy; names the version it was made from',
    params: streamParams,
    body: policyChangeSchema,
    answer: policySchema,
  },
  changeAutonomy: {
    method: 'POST',
    path: '/streams/{stream}/autonomy',
    caller: 'streams.steer',
    does: 'Changes what the model may do alone',
    params: streamParams,
    body: autonomyChangeSchema,
    answer: policySchema,
  },
  flags: {
    method: 'GET',
    path: '/flags',
    caller: 'flags.read',
    does: 'Flags, most urgent first; predictions without their input',
    query: flag.flagQuerySchema,
    answer: pageSchema(flag.flagSchema),
  },
  flag: {
    method: 'GET',
    path: '/flags/{id}',
    caller: 'flags.read',
    does: 'One flag with its evidence',
    params: flagParams,
    answer: flag.flagSchema,
  },
  next: {
    method: 'POST',
    path: '/flags/next',
    caller: 'flags.decide',
    does: 'Claims the next flag for me; 204 when the queue is clear',
    body: flag.nextRequestSchema.optional(),
    answer: flag.claimedFlagSchema,
    status: 200,
  },
  claim: {
    method: 'POST',
    path: '/flags/{id}/claim',
    caller: 'flags.decide',
    does: 'Claims this flag, or renews the claim that I hold',
    params: flagParams,
    body: flag.claimRequestSchema,
    answer: flag.claimedFlagSchema,
    status: 200,
  },
  release: {
    method: 'POST',
    path: '/flags/{id}/release',
    caller: 'flags.decide',
    does: 'Gives the claim back',
    params: flagParams,
    body: flag.heldActSchema,
    answer: flag.flagSchema,
    status: 200,
  },
  verdict: {
    method: 'POST',
    path: '/flags/{id}/verdict',
    caller: 'flags.decide',
    does: 'Settles the flag, or supersedes a verdict',
    params: flagParams,
    body: flag.verdictRequestSchema,
    answer: flag.flagSchema,
    status: 200,
  },
  undo: {
    method: 'POST',
    path: '/flags/{id}/undo',
    caller: 'flags.decide',
    does: 'Takes my verdict back within the time for it',
    params: flagParams,
    body: flag.undoRequestSchema,
    answer: flag.claimedFlagSchema,
    status: 200,
  },
  skip: {
    method: 'POST',
    path: '/flags/{id}/skip',
    caller: 'flags.decide',
    does: 'Leaves the flag to others',
    params: flagParams,
    body: flag.skipRequestSchema,
    answer: flag.flagSchema,
    status: 200,
  },
  snooze: {
    method: 'POST',
    path: '/flags/{id}/snooze',
    caller: 'flags.decide',
    does: 'Puts the flag off, for 8 hours at most',
    params: flagParams,
    body: flag.snoozeRequestSchema,
    answer: flag.flagSchema,
    status: 200,
  },
  escalate: {
    method: 'POST',
    path: '/flags/{id}/escalate',
    caller: 'flags.decide',
    does: 'Raises the priority and leaves the flag to others',
    params: flagParams,
    body: flag.escalateRequestSchema,
    answer: flag.flagSchema,
    status: 200,
  },
  comment: {
    method: 'POST',
    path: '/flags/{id}/comments',
    caller: 'flags.comment',
    does: 'Adds a comment',
    params: flagParams,
    body: flag.commentRequestSchema,
    answer: flag.flagSchema,
    status: 201,
  },
  record: {
    method: 'GET',
    path: '/record',
    caller: 'record.read',
    does: 'Numbered entries of the record',
    query: recordQuerySchema,
    answer: recordPage,
  },
  recordEntry: {
    method: 'GET',
    path: '/record/{number}',
    caller: 'record.read',
    does: 'One entry',
    params: z.strictObject({ number: z.coerce.number().int().min(0) }),
    answer: servedEntrySchema,
  },
  recordExport: {
    method: 'POST',
    path: '/record/export',
    caller: 'record.export',
    does: 'Entries as CSV or JSON lines; the export is itself recorded',
    body: recordQuerySchema.omit({ before: true, limit: true }).extend({ format: z.enum(['csv', 'jsonl']) }),
    status: 200,
  },
  login: {
    method: 'POST',
    path: '/auth/login',
    caller: 'anybody',
    does: 'Signs in by password',
    body: access.loginRequestSchema,
    answer: access.meSchema,
    status: 200,
  },
  link: {
    method: 'POST',
    path: '/auth/link',
    caller: 'anybody',
    does: 'Signs in by a one-time link',
    body: access.linkRequestSchema,
    answer: access.meSchema,
    status: 200,
  },
  logout: { method: 'POST', path: '/auth/logout', caller: 'account.own', does: 'Signs out', status: 204 },
  me: {
    method: 'GET',
    path: '/auth/me',
    caller: 'account.own',
    does: 'Who I am and what I may do',
    answer: access.meSchema,
  },
  people: {
    method: 'GET',
    path: '/people',
    caller: 'people.read',
    does: 'People, by name',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(500).optional(),
      after: z.string().max(300).optional(),
    }),
    answer: pageSchema(access.personSchema),
  },
  addPerson: {
    method: 'POST',
    path: '/people',
    caller: 'people.edit',
    does: 'Adds a person',
    body: access.newPersonSchema,
    answer: access.personSchema,
    status: 201,
  },
  changePerson: {
    method: 'PATCH',
    path: '/people/{id}',
    caller: 'account.own',
    does: 'Changes a person; others only by those who may edit people',
    params: idParams,
    body: access.personChangeSchema,
    answer: access.personSchema,
  },
  keys: {
    method: 'GET',
    path: '/keys',
    caller: 'keys.read',
    does: 'Ingest keys, without their secrets',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(500).optional(),
      after: z.string().max(100).optional(),
    }),
    answer: pageSchema(access.keySchema),
  },
  addKey: {
    method: 'POST',
    path: '/keys',
    caller: 'keys.edit',
    does: 'Makes an ingest key; its secret is shown once',
    body: access.newKeySchema,
    answer: access.createdKeySchema,
    status: 201,
  },
  revokeKey: {
    method: 'DELETE',
    path: '/keys/{id}',
    caller: 'keys.edit',
    does: 'Revokes an ingest key',
    params: idParams,
    status: 204,
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
