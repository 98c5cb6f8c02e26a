import type { routes } from '@watchfloor/contracts';

type Routes = typeof routes;
type EndpointOf<Name extends keyof Routes> = `${Routes[Name]['method']} ${Routes[Name]['path']}`;

/**
 * The questions that the console asks. The compiler holds each line against the contracts, so only these lines reach the
 * browser and the schemas stay on the server.
 */
export const endpoints = {
  prediction: 'GET /predictions/{stream}/{id}',
  streams: 'GET /streams',
  stream: 'GET /streams/{stream}',
  minutes: 'GET /streams/{stream}/minutes',
  differs: 'GET /streams/{stream}/differs',
  streamPredictions: 'GET /streams/{stream}/predictions',
  policy: 'GET /streams/{stream}/policy',
  changePolicy: 'PUT /streams/{stream}/policy',
  streamRisk: 'GET /streams/{stream}/risk',
  policyVersions: 'GET /streams/{stream}/policy/versions',
  policyVersion: 'GET /streams/{stream}/policy/versions/{version}',
  rollBackPolicy: 'POST /streams/{stream}/policy/rollback',
  policyDrafts: 'GET /streams/{stream}/policy/drafts',
  addDraft: 'POST /streams/{stream}/policy/drafts',
  policyDraft: 'GET /streams/{stream}/policy/drafts/{draft}',
  saveDraft: 'PUT /streams/{stream}/policy/drafts/{draft}',
  discardDraft: 'DELETE /streams/{stream}/policy/drafts/{draft}',
  publishDraft: 'POST /streams/{stream}/policy/drafts/{draft}/publish',
  askWhatIf: 'POST /streams/{stream}/what-if',
  whatIf: 'GET /streams/{stream}/what-if/{run}',
  cancelWhatIf: 'DELETE /streams/{stream}/what-if/{run}',
  changeAutonomy: 'POST /streams/{stream}/autonomy',
  flags: 'GET /flags',
  flag: 'GET /flags/{id}',
  next: 'POST /flags/next',
  claim: 'POST /flags/{id}/claim',
  release: 'POST /flags/{id}/release',
  verdict: 'POST /flags/{id}/verdict',
  undo: 'POST /flags/{id}/undo',
  skip: 'POST /flags/{id}/skip',
  snooze: 'POST /flags/{id}/snooze',
  escalate: 'POST /flags/{id}/escalate',
  comment: 'POST /flags/{id}/comments',
  record: 'GET /record',
  recordPeople: 'GET /record/people',
  recordEntry: 'GET /record/{number}',
  recordExport: 'POST /record/export',
  login: 'POST /auth/login',
  link: 'POST /auth/link',
  logout: 'POST /auth/logout',
  me: 'GET /auth/me',
  people: 'GET /people',
  addPerson: 'POST /people',
  changePerson: 'PATCH /people/{id}',
  keys: 'GET /keys',
  addKey: 'POST /keys',
  revokeKey: 'DELETE /keys/{id}',
} as const satisfies { readonly [Name in keyof Routes]?: EndpointOf<Name> };

export type EndpointName = keyof typeof endpoints;
