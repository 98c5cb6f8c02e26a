import * as z from 'zod';
import { instantSchema } from '../instant.ts';
import { pageSchema } from '../paging.ts';
import { autonomyChangeSchema, policyChangeSchema, policySchema } from '../policy.ts';
import { streamNameSchema } from '../prediction.ts';
import {
  comparedGroups,
  differencesSchema,
  minuteSchema,
  minutesQuerySchema,
  predictionRowSchema,
  streamSummarySchema,
} from '../stream.ts';
import type { Route } from './route.ts';

const streamParams = z.strictObject({ stream: streamNameSchema });

export const streamsRoutes = {
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
  differs: {
    method: 'GET',
    path: '/streams/{stream}/differs',
    caller: 'streams.read',
    does: 'Which features and segments differ in a window from what is usual, or in its flagged from the rest',
    params: streamParams,
    query: z.strictObject({
      from: instantSchema,
      to: instantSchema.optional(),
      of: z.enum(comparedGroups).optional(),
    }),
    answer: differencesSchema,
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
} as const satisfies Record<string, Route>;
