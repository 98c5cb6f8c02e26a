import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IngestReport, Policy, PolicySettings, Prediction, WhatIfRequest, WhatIfRun } from '@watchfloor/contracts';
import { claimedFlagSchema, whatIfRunSchema } from '@watchfloor/contracts';
import { DataSource } from 'typeorm';
import { ndjson } from '../builders/a-prediction.ts';
import { recordedStream } from '../builders/a-stream.ts';
import { dice } from '../builders/dice.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { until } from '../kit/floor.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let key: string;
let owner: TestPerson;
let other: TestPerson;
let settings: PolicySettings;
const digits = recordedStream('digits');

beforeAll(async () => {
  app = await startApp();
  key = await ingestKey(app);
  owner = await signIn(app, ['owner']);
  other = await signIn(app, ['supervisor']);
  for (let start = 0; start < digits.length; start += 300) {
    await send(digits.slice(start, start + 300).map(({ prediction }) => prediction));
  }
  const policy = (await (await call(app, '/streams/digits/policy', { as: owner })).json()) as Policy;
  const { version: _, ...rest } = policy;
  settings = rest;
}, 60_000);
afterAll(() => app.close());

async function send(items: readonly Prediction[]): Promise<void> {
  const headers = { 'content-type': 'application/x-ndjson', authorization: `Bearer ${key}` };
  const answer = await fetch(`${app.url}/api/v1/predictions`, { method: 'POST', headers, body: ndjson(items) });
  expect(((await answer.json()) as IngestReport).accepted).toBe(items.length);
}

const ask = (body: WhatIfRequest, as = owner, stream = 'digits') =>
  call(app, `/streams/${stream}/what-if`, { body, as });

async function asked(body: WhatIfRequest, as = owner, stream = 'digits'): Promise<WhatIfRun> {
  const answer = await ask(body, as, stream);
  expect(answer.status).toBe(202);
  return whatIfRunSchema.parse(await answer.json());
}

async function finished({ id }: WhatIfRun, as = owner, stream = 'digits'): Promise<WhatIfRun> {
  let run: WhatIfRun | undefined;
  await until(
    'the replay is over',
    async () => {
      const answer = await call(app, `/streams/${stream}/what-if/${id}`, { as });
      run = whatIfRunSchema.parse(await answer.json());
      return run.state !== 'waiting' && run.state !== 'running';
    },
    30_000,
  );
  return run!;
}

function withThreshold(threshold: number): PolicySettings {
  return {
    ...settings,
    detectors: { ...settings.detectors, 'low-confidence': { enabled: true, share: 0.08, threshold } },
  };
}

describe('a what-if over HTTP', () => {
  it('under the policy in force flags what was flagged, prediction by prediction', async () => {
    const { state, result } = await finished(await asked({ settings }));
    expect(state).toBe('done');
    expect(result).toMatchObject({ predictions: digits.length, warmedUp: 0, newlyFlagged: 0, noLongerFlagged: 0 });
    const [{ count }] = await app.app
      .get(DataSource)
      .query<[{ count: number }]>('select count(*)::int as count from prediction where signals is not null');
    expect(result!.before.flagged + result!.before.grouped).toBe(count);
    expect(result!.after.byKind).toEqual(result!.before.byKind);
  }, 60_000);

  it('tells what a stricter threshold would do, held against history or against another policy', async () => {
    const [history, policies] = [
      await finished(await asked({ settings: withThreshold(0.9) })),
      await finished(await asked({ settings: withThreshold(0.9), against: settings }), owner),
    ].map(({ result }) => result!);
    expect(history!.newlyFlagged).toBeGreaterThan(100);
    expect(policies!.after).toEqual(history!.after);
    expect(policies!.samples).toEqual(history!.samples);
    expect(history!.samples).toHaveLength(10);
    // The supervisor, and the one whom the first start lets do everything.
    expect(history!.reviewers).toBe(2);
    expect(history!.bySegment.map(({ segment, value }) => `${segment} ${value}`).sort()).toEqual([
      'scanner A',
      'scanner B',
    ]);
  }, 60_000);

  it('replays the newest so many, warmed up by those before', async () => {
    const { result } = await finished(await asked({ settings, predictions: 200 }));
    expect(result).toMatchObject({ predictions: 200, warmedUp: digits.length - 200, newlyFlagged: 0 });
  }, 60_000);

  it('counts the errors that the truth of later knows of', async () => {
    const random = dice(3);
    const items = Array.from({ length: 200 }, (_, index) => ({
      stream: 'truth',
      id: `t${String(index)}`,
      label: 'a',
      confidence: 0.5 + random() / 2,
    }));
    await send(items);
    const outcomes = items.map(({ stream, id, confidence }) => ({ stream, id, label: confidence < 0.6 ? 'b' : 'a' }));
    expect((await call(app, '/outcomes', { body: outcomes, key })).status).toBe(200);
    const run = await asked({ settings: withThreshold(0.6), against: withThreshold(0) }, owner, 'truth');
    const { result } = await finished(run, owner, 'truth');
    const wrong = outcomes.filter(({ label }) => label === 'b').length;
    expect(wrong).toBeGreaterThan(10);
    expect(result!.after.knownPassed.errors).toBe(0);
    expect(result!.before.knownPassed).toEqual({ outcomes: items.length, errors: wrong });
  }, 60_000);

  it('belongs to who asked, can be cancelled, and is refused when too many are under way', async () => {
    const runs = [await asked({ settings }), await asked({ settings })];
    const third = await ask({ settings });
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '5']);
    const [first, second] = runs.map(({ id }) => `/streams/digits/what-if/${id}`);
    expect((await call(app, first!, { as: other })).status).toBe(404);
    expect((await call(app, second!, { as: other, method: 'DELETE' })).status).toBe(404);
    expect((await call(app, second!, { as: owner, method: 'DELETE' })).status).toBe(204);
    expect((await finished(runs[1]!)).state).toBe('cancelled');
    expect((await finished(runs[0]!)).state).toBe('done');
    expect((await finished(await asked({ settings }))).state).toBe('done');
  }, 60_000);

  it('says plainly when there is nothing to replay, and refuses what is no policy', async () => {
    const empty = await finished(await asked({ settings, to: '2001-01-01T00:00:00.000Z' }));
    expect(empty).toMatchObject({ state: 'failed', because: expect.stringContaining('no predictions') });
    expect((await ask({ settings, predictions: 0 })).status).toBe(400);
    expect((await ask({ settings }, owner, 'unknown')).status).toBe(404);
  }, 60_000);

  it('does not show what a blind second look is still to be taken at', async () => {
    const prediction = (index: number) => ({ stream: 'blind', id: `b${String(index)}`, label: 'a', confidence: 0.9 });
    await send([prediction(0)]);
    const policy = (await (await call(app, '/streams/blind/policy', { as: owner })).json()) as Policy;
    const off = Object.fromEntries(
      Object.entries(policy.detectors).map(([kind, each]) => [kind, { ...each, enabled: false }]),
    ) as PolicySettings['detectors'];
    const audited = { ...policy, detectors: { ...off, 'audit-sample': { enabled: true, probability: 1 } } };
    const review = { ...policy.review, undoSeconds: 0 };
    const changed = await call(app, '/streams/blind/policy', {
      method: 'PUT',
      body: { ...audited, review },
      as: owner,
    });
    expect(changed.status).toBe(200);
    await send([1, 2, 3, 4].map(prediction));

    const first = await signIn(app, ['reviewer']);
    const next = await call(app, '/flags/next', { body: { stream: 'blind' }, as: first });
    const { flag, claim } = claimedFlagSchema.parse(await next.json());
    const verdict = { version: flag.version, claim: claim.token, label: 'b' };
    expect((await call(app, `/flags/${flag.id}/verdict`, { body: verdict, as: first })).status).toBe(200);

    const { version: _, ...rest } = policy;
    const unaudited = { ...rest, detectors: off };
    const seen = async (as: TestPerson) =>
      (await finished(await asked({ settings: unaudited }, as, 'blind'), as, 'blind')).result!;
    await until('the second look is open', async () => (await seen(other)).samples.length < 4);
    const [blind, sighted] = [await seen(other), await seen(owner)];
    expect([blind.samples.length, blind.noLongerFlagged]).toEqual([3, sighted.noLongerFlagged]);
    expect(sighted.samples).toHaveLength(4);
  }, 60_000);
});
