import * as z from 'zod';
import { pageSchema } from '../paging.ts';
import { policySchema } from '../policy.ts';
import { streamNameSchema } from '../prediction.ts';
import { streamRiskSchema } from '../risk.ts';
import * as steering from '../steering.ts';
import { whatIfRequestSchema, whatIfRunSchema } from '../what-if.ts';
import type { Route } from './route.ts';

const streamParams = z.strictObject({ stream: streamNameSchema });
const draftParams = streamParams.extend({ draft: z.uuid() });
const runParams = streamParams.extend({ run: z.uuid() });

/** The life of a policy: drafts, publication, versions, rollback. */
export const policyRoutes = {
  policyVersions: {
    method: 'GET',
    path: '/streams/{stream}/policy/versions',
    caller: 'streams.read',
    does: 'Versions of the policy, newest first',
    params: streamParams,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).optional(),
      before: z.coerce.number().int().min(1).optional(),
    }),
    answer: pageSchema(steering.policyVersionSchema),
  },
  policyVersion: {
    method: 'GET',
    path: '/streams/{stream}/policy/versions/{version}',
    caller: 'streams.read',
    does: 'The policy as it was in one version',
    params: streamParams.extend({ version: z.coerce.number().int().min(1) }),
    answer: policySchema,
  },
  rollBackPolicy: {
    method: 'POST',
    path: '/streams/{stream}/policy/rollback',
    caller: 'streams.steer',
    does: 'Puts the settings of an earlier version into force again, as a new version',
    params: streamParams,
    body: steering.rollbackSchema,
    answer: policySchema,
    status: 200,
  },
  policyDrafts: {
    method: 'GET',
    path: '/streams/{stream}/policy/drafts',
    caller: 'streams.read',
    does: 'Drafts of the policy, last saved first, at most 20',
    params: streamParams,
    answer: pageSchema(steering.policyDraftSchema),
  },
  addDraft: {
    method: 'POST',
    path: '/streams/{stream}/policy/drafts',
    caller: 'streams.steer',
    does: 'Saves a new draft of the policy',
    params: streamParams,
    body: steering.newDraftSchema,
    answer: steering.policyDraftSchema,
    status: 201,
  },
  policyDraft: {
    method: 'GET',
    path: '/streams/{stream}/policy/drafts/{draft}',
    caller: 'streams.read',
    does: 'A draft beside the policy in force',
    params: draftParams,
    answer: steering.draftComparisonSchema,
  },
  saveDraft: {
    method: 'PUT',
    path: '/streams/{stream}/policy/drafts/{draft}',
    caller: 'streams.steer',
    does: 'Replaces a draft; names the version it was made from. Whoever saves becomes one of its authors',
    params: draftParams,
    body: steering.draftChangeSchema,
    answer: steering.policyDraftSchema,
  },
  discardDraft: {
    method: 'DELETE',
    path: '/streams/{stream}/policy/drafts/{draft}',
    caller: 'streams.steer',
    does: 'Throws a draft away',
    params: draftParams,
    status: 204,
  },
  publishDraft: {
    method: 'POST',
    path: '/streams/{stream}/policy/drafts/{draft}/publish',
    caller: 'streams.steer',
    does: 'Puts a draft into force, with a reason; while duties are separated, by none of its authors',
    params: draftParams,
    body: steering.publicationSchema,
    answer: policySchema,
    status: 200,
  },
} as const satisfies Record<string, Route>;

/** What another policy would have done. */
export const whatIfRoutes = {
  askWhatIf: {
    method: 'POST',
    path: '/streams/{stream}/what-if',
    caller: 'policies.try',
    does: 'Replays stored predictions under another policy; answers at once, the result is asked for',
    params: streamParams,
    body: whatIfRequestSchema,
    answer: whatIfRunSchema,
    status: 202,
  },
  whatIf: {
    method: 'GET',
    path: '/streams/{stream}/what-if/{run}',
    caller: 'policies.try',
    does: 'How far a what-if is, and its result; only one’s own',
    params: runParams,
    answer: whatIfRunSchema,
  },
  cancelWhatIf: {
    method: 'DELETE',
    path: '/streams/{stream}/what-if/{run}',
    caller: 'policies.try',
    does: 'Cancels a what-if',
    params: runParams,
    status: 204,
  },
} as const satisfies Record<string, Route>;

/** How sure a model must be to act alone. */
export const riskRoutes = {
  streamRisk: {
    method: 'GET',
    path: '/streams/{stream}/risk',
    caller: 'streams.read',
    does: 'How sure the model must be to act alone, what is certified, and what is missing',
    params: streamParams,
    answer: streamRiskSchema,
  },
} as const satisfies Record<string, Route>;
