import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DraftComparison, Page, Policy, PolicyDraft, PolicyVersionRow, RecordPage } from '@watchfloor/contracts';
import { draftComparisonSchema, mostDrafts, policyDraftSchema, policyVersionSchema } from '@watchfloor/contracts';
import { aPrediction } from '../builders/a-prediction.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { until } from '../kit/floor.ts';
import type { Call, TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let key: string;
let ada: TestPerson;
let ben: TestPerson;
let supervisor: TestPerson;
let auditor: TestPerson;

beforeAll(async () => {
  app = await startApp({ settings: { separationOfDuties: true } });
  key = await ingestKey(app);
  ada = await signIn(app, ['owner'], 'Ada');
  ben = await signIn(app, ['owner'], 'Ben');
  supervisor = await signIn(app, ['supervisor']);
  auditor = await signIn(app, ['auditor']);
}, 60_000);
afterAll(() => app.close());

interface Answered<Body> {
  readonly status: number;
  readonly body: Body;
}

async function ask<Body>(path: string, as: TestPerson, options: Omit<Call, 'as'> = {}): Promise<Answered<Body>> {
  const answer = await call(app, path, { ...options, as });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Body };
}

/** A stream of its own, with its policy. */
async function aStream(stream: string): Promise<Policy> {
  await call(app, '/predictions', { body: aPrediction({ stream }), key });
  return (await ask<Policy>(`/streams/${stream}/policy`, ada)).body;
}

function settingsOf({ version: _, ...settings }: Policy) {
  return settings;
}

async function aDraft(stream: string, retentionDays: number, as = ada): Promise<PolicyDraft> {
  const policy = await aStream(stream);
  const settings = { ...settingsOf(policy), retentionDays };
  const body = { basedOn: policy.version, settings, note: 'less to keep' };
  const { status, body: draft } = await ask<PolicyDraft>(`/streams/${stream}/policy/drafts`, as, { body });
  expect(status).toBe(201);
  return policyDraftSchema.parse(draft);
}

async function recorded(stream: string, kind: string, count: number) {
  const read = async () => (await ask<RecordPage>(`/record?after=0&stream=${stream}&kind=${kind}`, auditor)).body.items;
  await until(`${count} entries of ${kind} have numbers`, async () => (await read()).length >= count);
  return read();
}

describe('a draft of a policy', () => {
  it('is published with a reason by somebody else than its author, and the record names both', async () => {
    const draft = await aDraft('published', 7);
    const path = `/streams/published/policy/drafts/${draft.id}`;
    const body = { version: draft.version, reason: 'agreed on Monday' };

    const compared = draftComparisonSchema.parse((await ask<DraftComparison>(path, ada)).body);
    expect(compared).toMatchObject({ changed: [{ path: '/retentionDays', from: 30, to: 7 }], isStale: false });
    expect(compared.refusal).toContain('somebody else must publish it');
    expect((await ask<DraftComparison>(path, ben)).body.refusal).toBeNull();

    expect(await ask(`${path}/publish`, ada, { body })).toMatchObject({
      status: 403,
      body: { refused: 'needs-another' },
    });
    expect(await ask(`${path}/publish`, supervisor, { body })).toMatchObject({ status: 403 });
    expect(await ask(`${path}/publish`, ben, { body: { ...body, reason: '' } })).toMatchObject({ status: 400 });
    expect(await ask(`${path}/publish`, ben, { body })).toMatchObject({
      status: 200,
      body: { version: 2, retentionDays: 7 },
    });
    expect(await ask(`${path}/publish`, ben, { body })).toMatchObject({ status: 404 });
    expect((await ask<Policy>('/streams/published/policy', supervisor)).body).toMatchObject({ retentionDays: 7 });

    expect(await recorded('published', 'policy-draft-saved', 1)).toMatchObject([
      { actor: { id: ada.id }, data: { draftId: draft.id, version: 1, basedOn: 1, changed: ['/retentionDays'] } },
    ]);
    expect(await recorded('published', 'policy-changed', 1)).toMatchObject([
      {
        actor: { id: ben.id },
        data: { way: 'draft', approval: 'second-person', draftId: draft.id, authors: [ada.id], reason: body.reason },
      },
    ]);
  });

  it('belongs to everybody who has saved it, and none of them publishes it', async () => {
    const draft = await aDraft('shared', 8);
    const path = `/streams/shared/policy/drafts/${draft.id}`;
    const change = { version: 1, basedOn: 1, settings: draft.settings };
    const saves = await Promise.all([
      ask<PolicyDraft>(path, ben, { method: 'PUT', body: change }),
      ask<PolicyDraft>(path, ben, { method: 'PUT', body: change }),
    ]);

    expect(saves.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [saved] = saves.filter(({ status }) => status === 200);
    expect(saved?.body).toMatchObject({ version: 2, note: '', authors: [{ name: 'Ada' }, { name: 'Ben' }] });
    for (const author of [ada, ben]) {
      const body = { version: 2, reason: 'mine' };
      expect(await ask(`${path}/publish`, author, { body })).toMatchObject({ body: { refused: 'needs-another' } });
    }
  });

  it('is not published over a policy that was changed meanwhile, until it is saved anew', async () => {
    const draft = await aDraft('overtaken', 9);
    const policy = await aStream('overtaken');
    await ask('/streams/overtaken/policy', ben, { method: 'PUT', body: { ...policy, owner: 'team-b' } });
    const path = `/streams/overtaken/policy/drafts/${draft.id}`;
    const publish = (version: number) => ask(`${path}/publish`, ben, { body: { version, reason: 'now' } });

    expect((await ask<DraftComparison>(path, ben)).body).toMatchObject({ isStale: true });
    expect(await publish(1)).toMatchObject({ status: 409, body: { refused: 'stale-version' } });
    const rebased = { version: 1, basedOn: 2, settings: { ...draft.settings, owner: 'team-b' } };
    expect(await ask(path, ada, { method: 'PUT', body: rebased })).toMatchObject({ status: 200 });
    expect(await publish(1)).toMatchObject({ status: 409, body: { refused: 'stale-version' } });
    expect(await publish(2)).toMatchObject({ status: 200, body: { version: 3, owner: 'team-b', retentionDays: 9 } });
  });

  it('is thrown away, and only so many are kept', async () => {
    const drafts: PolicyDraft[] = [];
    for (let index = 0; index < mostDrafts; index += 1) drafts.push(await aDraft('many', index + 1));
    const list = '/streams/many/policy/drafts';
    const body = { basedOn: 1, settings: drafts[0]!.settings };
    expect(await ask(list, ada, { body })).toMatchObject({ status: 429, body: { refused: 'too-busy' } });
    expect(await ask(`${list}/${drafts[0]!.id}`, ben, { method: 'DELETE' })).toMatchObject({ status: 204 });
    expect(await ask(list, ada, { body })).toMatchObject({ status: 201 });
    expect((await ask<Page<PolicyDraft>>(list, auditor)).body.items).toHaveLength(mostDrafts);
    expect(await recorded('many', 'policy-draft-discarded', 1)).toMatchObject([{ actor: { id: ben.id } }]);
  });
});

describe('an earlier version', () => {
  it('comes into force again as a new one, and the versions tell the story', async () => {
    const policy = await aStream('back');
    const put = (body: object) => ask('/streams/back/policy', ada, { method: 'PUT', body });
    await put({ ...policy, retentionDays: 5, reason: 'less' });
    await put({ ...policy, version: 2, retentionDays: 3 });
    const back = (version: number, to: number, as: TestPerson) =>
      ask('/streams/back/policy/rollback', as, { body: { version, to, reason: 'too little' } });

    expect(await back(2, 1, ada)).toMatchObject({ status: 409 });
    expect(await back(3, 3, ada)).toMatchObject({ status: 404 });
    expect(await back(3, 2, supervisor)).toMatchObject({ status: 403 });
    expect(await back(3, 2, ada)).toMatchObject({ status: 200, body: { version: 4, retentionDays: 5 } });
    expect(await back(4, 1, ada)).toMatchObject({ status: 200, body: { version: 5, retentionDays: 30 } });

    const { body } = await ask<Page<PolicyVersionRow>>('/streams/back/policy/versions?limit=4', auditor);
    expect(body.items.map((row) => policyVersionSchema.parse(row))).toMatchObject([
      { version: 5, way: 'rollback', approval: 'second-person', restores: 1, by: { name: 'Ada' } },
      { version: 4, way: 'rollback', approval: 'alone', restores: 2, changed: ['/retentionDays'] },
      { version: 3, way: 'direct', approval: 'alone', reason: null },
      { version: 2, way: 'direct', reason: 'less' },
    ]);
    const rest = await ask<Page<PolicyVersionRow>>(`/streams/back/policy/versions?before=${body.next!}`, auditor);
    expect(rest.body).toMatchObject({ items: [{ version: 1, way: 'registered', approval: null, by: null }] });
    expect((await ask<Policy>('/streams/back/policy/versions/2', auditor)).body).toMatchObject({ retentionDays: 5 });
    expect(await ask('/streams/back/policy/versions/99', auditor)).toMatchObject({ status: 404 });
  });
});

describe('where policies are changed by drafts only', () => {
  it('nobody replaces one alone; the mode can still be changed at once', async () => {
    const strict = await startApp({ settings: { separationOfDuties: true, directPolicyChanges: false } });
    try {
      const owner = await signIn(strict, ['owner']);
      await call(strict, '/predictions', { body: aPrediction({ stream: 'strict' }), key: await ingestKey(strict) });
      const policy = (await (await call(strict, '/streams/strict/policy', { as: owner })).json()) as Policy;
      const replaced = await call(strict, '/streams/strict/policy', { method: 'PUT', body: policy, as: owner });
      expect([replaced.status, await replaced.json()]).toMatchObject([403, { refused: 'needs-another' }]);
      const body = { autonomy: 'autonomous', reason: 'it is good' };
      expect((await call(strict, '/streams/strict/autonomy', { body, as: owner })).status).toBe(200);
    } finally {
      await strict.close();
    }
  }, 60_000);
});
