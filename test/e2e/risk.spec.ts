import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IngestReport, Policy, Prediction, RecordPage, StoredPrediction, StreamRisk } from '@watchfloor/contracts';
import { claimedFlagSchema, streamRiskSchema } from '@watchfloor/contracts';
import { DataSource } from 'typeorm';
import { LanesService } from '../../apps/api/src/ingest/lanes/lanes.service.ts';
import type { Adjudicated } from '../../apps/api/src/risk/adjudicated.ts';
import { RiskFolding } from '../../apps/api/src/risk/risk-folding.ts';
import { StreamsService } from '../../apps/api/src/streams/streams.service.ts';
import { aPrediction, ndjson } from '../builders/a-prediction.ts';
import { dice } from '../builders/dice.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { freshUrl } from '../kit/database.ts';
import { until } from '../kit/floor.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signInAs, signIn, testPassword } from '../kit/people.ts';

let database: Awaited<ReturnType<typeof freshUrl>>;
let app: TestApp;
let key: string;
let owner: TestPerson;
const random = dice(5);
let sent = 0;

beforeAll(async () => {
  database = await freshUrl();
  app = await startApp({ databaseUrl: database.url });
  key = await ingestKey(app);
  owner = await signIn(app, ['owner']);
  await send([aPrediction({ stream: 'sure' })]);
  const policy = await read<Policy>('/streams/sure/policy');
  const detectors = {
    ...policy.detectors,
    'audit-sample': { enabled: true, probability: 0.4 },
    'low-confidence': { enabled: true, share: 0.08, threshold: 0.3 },
  };
  const risk = { target: 0.1, confidence: 0.9, reviewBudget: 0.9 };
  const body = { ...policy, detectors, risk };
  expect((await call(app, '/streams/sure/policy', { method: 'PUT', body, as: owner })).status).toBe(200);
}, 60_000);
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function send(items: readonly Prediction[]): Promise<void> {
  const headers = { 'content-type': 'application/x-ndjson', authorization: `Bearer ${key}` };
  const answer = await fetch(`${app.url}/api/v1/predictions`, { method: 'POST', headers, body: ndjson(items) });
  expect(((await answer.json()) as IngestReport).accepted).toBe(items.length);
}

async function read<Answer>(path: string): Promise<Answer> {
  return (await (await call(app, path, { as: owner })).json()) as Answer;
}

const risk = async () => streamRiskSchema.parse(await read<StreamRisk>('/streams/sure/risk'));

async function sendMany(count: number): Promise<void> {
  const items = Array.from({ length: count }, () => {
    sent += 1;
    return { stream: 'sure', id: `s${String(sent)}`, label: 'a', confidence: random() };
  });
  await send(items);
}

/** What two people would have found out about the drawn predictions after a number: the model errs where it is unsure. */
async function adjudicated(after: number): Promise<Adjudicated[]> {
  const rows = await app.app.get(DataSource).query<{ position: string; id: string; confidence: number }[]>(
    `select position, prediction.id, confidence from prediction join stream on stream.id = stream_id
     where stream.name = 'sure' and signals::text like '%audit-sample%' and position > $1 order by position`,
    [after],
  );
  return rows.map(({ position, id, confidence }) => ({
    number: Number(position) + 1_000_000,
    at: '2026-11-22T06:00:00.000Z',
    stream: 'sure',
    predictionId: id,
    position: Number(position),
    probability: 0.4,
    confidence,
    isError: random() < (1 - confidence) * 0.15,
    by: 'second' as const,
  }));
}

const fold = (answers: readonly Adjudicated[]) => {
  const stream = app.app.get(StreamsService).find('sure')!;
  return app.app.get(LanesService).between('sure', app.app.get(RiskFolding).errand(stream, answers));
};

async function recorded(kind: string) {
  return (await read<RecordPage>(`/record?after=0&stream=sure&kind=${kind}`)).items;
}

describe('the risk of a stream', () => {
  it('says what is missing while nothing is certified, and leaves the threshold to the policy', async () => {
    await sendMany(400);
    const { hindrance, certificate, plan, sentences, verdicts } = await risk();
    expect({ hindrance, certificate, plan }).toEqual({ hindrance: 'answers', certificate: null, plan: null });
    expect(verdicts).toMatchObject({ answered: 0 });
    expect(verdicts.missingAtBest).toBeGreaterThan(30);
    expect(sentences.join(' ')).toContain('everything below 30 % is flagged');
    expect((await call(app, '/streams/unknown/risk', { as: owner })).status).toBe(404);
  });

  it('is certified by answers, which is recorded, and then the certificate flags', async () => {
    for (let round = 0; round < 6; round += 1) {
      const before = sent;
      await sendMany(500);
      await fold(await adjudicated(before));
    }
    const now = await risk();
    expect(now.hindrance).toBe('nothing');
    expect(now.certificate!.threshold).toBeLessThan(0.9);
    expect(now.plan).toMatchObject({ certified: now.certificate!.threshold });
    expect(now.present.answers + now.verdicts.answered).toBeGreaterThan(100);
    expect(now.points.length).toBeGreaterThan(5);
    expect(now.reliability.some(({ answers }) => answers > 20)).toBe(true);
    await until('the record tells of the certificate', async () => (await recorded('certificate-won')).length > 0);
    const plans = await recorded('risk-plan-changed');
    expect(plans.at(-1)).toMatchObject({
      data: { certified: now.plan!.certified, afterPosition: now.plan!.afterPosition },
    });

    const [below, above] = [now.certificate!.threshold - 0.001, now.certificate!.threshold + 0.001];
    await send([
      { stream: 'sure', id: 'below', label: 'a', confidence: Math.max(0, below) },
      { stream: 'sure', id: 'above', label: 'a', confidence: above },
    ]);
    const kinds = async (id: string) =>
      (await read<StoredPrediction>(`/predictions/sure/${id}`)).signals.map(({ kind, evidence }) => [
        kind,
        evidence.mode,
      ]);
    if (below >= 0) expect(await kinds('below')).toContainEqual(['low-confidence', 'certificate']);
    expect(await kinds('above')).not.toContainEqual(['low-confidence', 'certificate']);
  }, 60_000);

  it('counts an answer once, however often the record is read, and survives a restart', async () => {
    const answers = await adjudicated(0);
    await fold(answers);
    const before = await risk();
    await fold(answers);
    expect((await risk()).verdicts).toEqual(before.verdicts);

    await app.close();
    app = await startApp({ databaseUrl: database.url });
    owner = await signInAs(app, owner.email, testPassword);
    await send([{ stream: 'sure', id: 'after the restart', label: 'a', confidence: 0.99 }]);
    const { certificate, plan, verdicts, points } = await risk();
    expect({ certificate: certificate?.threshold, plan, verdicts }).toEqual({
      certificate: before.certificate?.threshold,
      plan: before.plan,
      verdicts: before.verdicts,
    });
    expect(points.map(({ errors }) => errors)).toEqual(before.points.map(({ errors }) => errors));
  }, 60_000);

  it('loses its certificates when the target changes, at once and on the record', async () => {
    const policy = await read<Policy>('/streams/sure/policy');
    const body = { ...policy, risk: { ...policy.risk, target: 0.05 } };
    await call(app, '/streams/sure/policy', { method: 'PUT', body, as: owner });
    await send([{ stream: 'sure', id: 'under the new target', label: 'a', confidence: 0.2 }]);
    const { signals } = await read<StoredPrediction>('/predictions/sure/under%20the%20new%20target');
    expect(signals.find(({ kind }) => kind === 'low-confidence')).toMatchObject({ evidence: { mode: 'threshold' } });
    await until('the record tells of the new epoch', async () => {
      const newest = (await recorded('risk-epoch-begun')).at(-1);
      return newest !== undefined && 'data' in newest && 'target' in newest.data && newest.data.target === 0.05;
    });
    expect(await risk()).toMatchObject({ certificate: null, target: 0.05 });
  }, 60_000);

  it('learns from what people answer: a drawn prediction that a reviewer confirms counts, through the record', async () => {
    const reviewer = await signIn(app, ['reviewer']);
    const some = (count: number, from: number) =>
      Array.from({ length: count }, (_, index) => ({
        stream: 'people',
        id: `q${String(from + index)}`,
        label: 'a',
        confidence: 0.9 + random() / 20,
      }));
    const steer = async (probability: number) => {
      const policy = await read<Policy>('/streams/people/policy');
      const off = Object.fromEntries(
        Object.entries(policy.detectors).map(([kind, settings]) => [kind, { ...settings, enabled: false }]),
      );
      const detectors = { ...off, 'audit-sample': { enabled: probability > 0, probability } };
      const review = { ...policy.review, undoSeconds: 0 };
      const answer = await call(app, '/streams/people/policy', {
        method: 'PUT',
        body: { ...policy, detectors, review },
        as: owner,
      });
      expect(answer.status).toBe(200);
    };
    await send(some(1, 0));
    await steer(0);
    await send(some(400, 1));
    await steer(1);
    await send(some(4, 401));

    for (let answered = 0; answered < 4; answered += 1) {
      const next = await call(app, '/flags/next', { body: { stream: 'people' }, as: reviewer });
      expect(next.status).toBe(200);
      const { flag, claim } = claimedFlagSchema.parse(await next.json());
      const body = { version: flag.version, claim: claim.token, verdict: 'confirmed' };
      expect((await call(app, `/flags/${flag.id}/verdict`, { body, as: reviewer })).status).toBe(200);
    }
    const answered = async () => (await read<StreamRisk>('/streams/people/risk')).verdicts.answered;
    await until('the answers are folded in', async () => (await answered()) === 4, 20_000);
    expect((await read<StreamRisk>('/streams/people/risk')).reliability.at(-1)).toMatchObject({ answers: 4, right: 1 });
  }, 60_000);
});
