import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  IngestReport,
  Outcome,
  Page,
  Policy,
  PredictionRow,
  Prediction,
  StoredPrediction,
  StreamSummary,
} from '@watchfloor/contracts';
import { defaultPolicy, minuteSchema, streamSummarySchema } from '@watchfloor/contracts';
import { DataSource } from 'typeorm';
import { StreamsService } from '../../apps/api/src/streams/streams.service.ts';
import { aPrediction, ndjson, predictions } from '../builders/a-prediction.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { until } from '../kit/floor.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let key: string;
let owner: TestPerson;
let supervisor: TestPerson;
let auditor: TestPerson;

beforeAll(async () => {
  app = await startApp();
  key = await ingestKey(app);
  owner = await signIn(app, ['owner']);
  supervisor = await signIn(app, ['supervisor']);
  auditor = await signIn(app, ['auditor']);
}, 60_000);
afterAll(() => app.close());

async function send(items: readonly Prediction[]): Promise<void> {
  const answer = await call(app, '/predictions', { body: items, key });
  expect(await answer.json()).toMatchObject({ accepted: items.length });
}

async function read<Answer>(path: string, as: TestPerson = supervisor): Promise<Answer> {
  const answer = await call(app, path, { as });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}

const entries = (kind: string) =>
  app.app
    .get(DataSource)
    .query<{ body: string }[]>(`select body from record_entry where body::json ->> 'kind' = $1 order by at`, [kind])
    .then((rows) => rows.map(({ body }) => JSON.parse(body) as { stream: string; actor: object; data: object }));

describe('a stream', () => {
  it('is registered by its first prediction, under the default policy, and the record says so', async () => {
    await send([aPrediction({ stream: 'labels', model: { name: 'toxic-bert', version: '3.1' } })]);
    await send([aPrediction({ stream: 'values', label: undefined, value: 12.5 })]);

    const labels = streamSummarySchema.parse(await read('/streams/labels'));
    expect(labels).toMatchObject({
      task: 'label',
      model: { name: 'toxic-bert', version: '3.1' },
      autonomy: 'supervised',
      policyVersion: 1,
      isLearning: true,
    });
    expect(Date.now() - Date.parse(labels.lastPredictionAt ?? '')).toBeLessThan(10_000);
    expect(await read<Policy>('/streams/values/policy')).toEqual(defaultPolicy);
    const registered = await entries('stream-registered');
    expect(registered.map(({ stream, data }) => ({ stream, data }))).toEqual([
      { stream: 'labels', data: { task: 'label', policyVersion: 1 } },
      { stream: 'values', data: { task: 'value', policyVersion: 1 } },
    ]);
  });

  it('is unknown before that', async () => {
    for (const path of ['', '/policy', '/minutes', '/predictions']) {
      expect((await call(app, `/streams/nobody${path}`, { as: supervisor })).status).toBe(404);
    }
    expect((await call(app, '/predictions/nobody/1', { as: supervisor })).status).toBe(404);
  });

  it('is listed by name, page by page', async () => {
    await send(['list-c', 'list-a', 'list-b'].map((stream) => aPrediction({ stream })));
    const first = await read<Page<StreamSummary>>('/streams?limit=2&after=list');
    const second = await read<Page<StreamSummary>>(`/streams?limit=2&after=${first.next}`);

    expect(first.items.map(({ name }) => name)).toEqual(['list-a', 'list-b']);
    expect(second.items[0]?.name).toBe('list-c');
  });

  it('shows its newest predictions first', async () => {
    const items = predictions(7, { stream: 'rows' });
    await send(items);
    const first = await read<Page<PredictionRow>>('/streams/rows/predictions?limit=4');
    const second = await read<Page<PredictionRow>>(`/streams/rows/predictions?limit=4&before=${first.next}`);

    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(items.map(({ id }) => id).reverse());
    expect(first.items[0]).toMatchObject({
      position: 7,
      label: 'fine',
      confidence: 0.97,
      isFlagged: expect.any(Boolean) as unknown,
    });
    expect(second.next).toBeUndefined();
  });

  it('shows what became of a prediction', async () => {
    const odd = aPrediction({ stream: 'fate', confidence: 7 });
    await send([odd]);
    const stored = await read<StoredPrediction>(`/predictions/fate/${odd.id}`);

    expect(stored).toMatchObject({
      prediction: odd,
      position: 1,
      verdicts: [],
      outcome: null,
      flag: { state: 'open' },
    });
    expect(stored.signals[0]).toMatchObject({ kind: 'malformed', policyVersion: 1 });
  });

  it('has ticks of the last seconds, and its minutes once they are over', async () => {
    await send(predictions(20, { stream: 'pulse', latencyMs: 5 }));
    await until('there is a tick', async () => (await read<StreamSummary>('/streams/pulse')).recent.length > 0);
    const [tick] = (await read<StreamSummary>('/streams/pulse')).recent;
    expect(tick).toMatchObject({
      stream: 'pulse',
      position: 20,
      confidence: { p10: 0.97, p50: 0.97, p90: 0.97 },
      labels: { fine: 1 },
    });

    const summary = {
      at: '2026-11-22T06:00:00.000Z',
      predictions: 20,
      flagged: 1,
      confidence: null,
      value: null,
      latencyMs: { p10: 5, p50: 5, p90: 5 },
      labels: { fine: 20 },
    };
    const streamId = app.app.get(StreamsService).find('pulse')!.id;
    const { at, predictions: count, flagged, ...figures } = summary;
    await app.app
      .get(DataSource)
      .query('insert into stream_minute values ($1, $2, $3, $4, $5)', [
        streamId,
        at,
        count,
        flagged,
        JSON.stringify(figures),
      ]);
    const minutes = await read<{ items: unknown[] }>(
      '/streams/pulse/minutes?from=2026-11-22T05:00:00Z&to=2026-11-22T07:00:00Z',
    );
    expect(minutes.items.map((minute) => minuteSchema.parse(minute))).toEqual([summary]);
    expect(await read('/streams/pulse/minutes?from=2026-11-22T06:01:00Z&to=2026-11-22T07:00:00Z')).toEqual({
      items: [],
    });
  });
});

describe('a policy', () => {
  const change = (stream: string, policy: object, as = owner) =>
    call(app, `/streams/${stream}/policy`, { method: 'PUT', body: policy, as });

  it('is changed by those who may, once for each version, and the record says what', async () => {
    await send([aPrediction({ stream: 'policy' })]);
    const policy = await read<Policy>('/streams/policy/policy');
    const next = { ...policy, owner: 'team-a', retentionDays: 7, reason: 'less to keep' };

    const [one, other] = await Promise.all([change('policy', next), change('policy', next)]);
    expect([one.status, other.status].sort()).toEqual([200, 409]);
    expect(await read('/streams/policy/policy')).toMatchObject({ version: 2, owner: 'team-a', retentionDays: 7 });
    expect(await entries('policy-changed')).toEqual([
      expect.objectContaining({
        stream: 'policy',
        actor: { kind: 'person', id: owner.id },
        data: {
          from: 1,
          to: 2,
          changed: ['/owner', '/retentionDays'],
          autonomy: 'supervised',
          reason: 'less to keep',
          way: 'direct',
          approval: 'alone',
        },
      }),
    ]);
    for (const person of [supervisor, auditor])
      expect((await change('policy', { ...next, version: 2 }, person)).status).toBe(403);
  });

  it('is refused with a pointer where it is wrong', async () => {
    await send([aPrediction({ stream: 'wrong' })]);
    const policy = await read<Policy>('/streams/wrong/policy');
    const wrong = {
      ...policy,
      detectors: { ...policy.detectors, burst: { enabled: true, factor: 0, atLeastPerMinute: 60 } },
    };
    const answer = await change('wrong', wrong);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/detectors/burst/factor' }] });
  });

  it('does not promise what this version cannot keep', async () => {
    await send([aPrediction({ stream: 'gate' })]);
    for (const autonomy of ['gated', 'stopped']) {
      const answer = await call(app, '/streams/gate/autonomy', { body: { autonomy, reason: 'try' }, as: owner });
      expect({ status: answer.status, ...((await answer.json()) as object) }).toMatchObject({
        status: 409,
        refused: 'not-yet-possible',
      });
    }
    const answer = await call(app, '/streams/gate/autonomy', {
      body: { autonomy: 'autonomous', reason: 'it is good' },
      as: owner,
    });
    expect(await answer.json()).toMatchObject({ autonomy: 'autonomous', version: 2 });
    expect((await entries('policy-changed')).at(-1)).toMatchObject({
      stream: 'gate',
      data: { changed: ['/autonomy'], autonomy: 'autonomous' },
    });
  });

  it('holds for what comes after it', async () => {
    await send(predictions(10, { stream: 'rules' }));
    const policy = await read<Policy>('/streams/rules/policy');
    const rule = { name: 'never fine', when: [{ field: 'label', is: 'equals', than: 'fine' }], priority: 'P2' };
    await change('rules', { ...policy, detectors: { ...policy.detectors, rule: { enabled: true, rules: [rule] } } });
    const last = aPrediction({ stream: 'rules' });
    await send([last]);

    const { signals } = await read<StoredPrediction>(`/predictions/rules/${last.id}`);
    expect(signals.find(({ kind }) => kind === 'rule')).toMatchObject({ policyVersion: 2 });
  });
});

describe('an outcome', () => {
  const tell = async (outcomes: unknown, headers?: Record<string, string>) => {
    const answer = await call(app, '/outcomes', { body: outcomes, key, ...(headers && { headers }) });
    return { status: answer.status, report: (await answer.json()) as IngestReport };
  };

  it('is kept beside its prediction; the last word stands', async () => {
    const item = aPrediction({ stream: 'truth' });
    await send([item]);
    const outcome: Outcome = { stream: 'truth', id: item.id, label: 'toxic', at: '2026-11-22T06:00:00.000Z' };

    expect(await tell(outcome)).toEqual({ status: 200, report: { accepted: 1, duplicates: 0, rejected: [] } });
    expect((await tell(outcome)).report).toMatchObject({ accepted: 0, duplicates: 1 });
    expect((await tell({ ...outcome, label: 'fine' })).report).toMatchObject({ accepted: 1 });
    expect((await read<StoredPrediction>(`/predictions/truth/${item.id}`)).outcome).toEqual({
      ...outcome,
      label: 'fine',
    });
  });

  it('is refused by itself when it fits nothing', async () => {
    const item = aPrediction({ stream: 'truth' });
    await send([item]);
    const { status, report } = await tell([
      { stream: 'truth', id: 'nobody', label: 'fine' },
      { stream: 'no-such', id: '1', label: 'fine' },
      { stream: 'truth', id: item.id },
      { stream: 'truth', id: item.id, value: 1 },
    ]);
    expect(status).toBe(200);
    expect(report).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 0, pointer: '/id' },
        { index: 1, pointer: '/stream' },
        { index: 2, pointer: '/label' },
      ],
    });
    expect((await tell({ stream: 'truth', id: 'nobody', value: 1 })).status).toBe(422);
  });

  it('comes in lines, too, and only from those who may send to the stream', async () => {
    const items = predictions(3, { stream: 'truth-lines' });
    await send(items);
    const body = ndjson(items.map(({ stream, id }) => ({ stream, id, label: 'fine' })));
    const post = (by: string) =>
      fetch(`${app.url}/api/v1/outcomes`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${by}` },
      });

    expect((await post(await ingestKey(app, ['other']))).status).toBe(422);
    expect(await (await post(key)).json()).toMatchObject({ accepted: 3 });
  });
});

describe('those who run the server', () => {
  it('can ask whether it lives, is ready, and how it is', async () => {
    await send(predictions(3, { stream: 'figures' }));
    expect(await (await fetch(`${app.url}/health/live`)).json()).toEqual({ status: 'live' });
    expect(await (await fetch(`${app.url}/health/ready`)).json()).toEqual({ status: 'ready' });
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toMatch(/^watchfloor_predictions_total\{outcome="accepted"\} [1-9]/m);
    expect(metrics).toMatch(/^watchfloor_lane_items\{lane="3"\} 0$/m);
    expect(metrics).toMatch(/^process_cpu_seconds_total /m);
  });

  it('show their figures to nobody else, unless a setting says so', async () => {
    const from = { 'x-forwarded-for': '203.0.113.7' };
    expect((await fetch(`${app.url}/metrics`, { headers: from })).status).toBe(403);
    expect((await fetch(`${app.url}/metrics`, { headers: { ...from, cookie: supervisor.cookie } })).status).toBe(403);

    const other = await startApp({ settings: { metrics: 'signed-in' } });
    const person = await signIn(other, ['auditor']);
    expect((await fetch(`${other.url}/metrics`, { headers: from })).status).toBe(403);
    expect((await fetch(`${other.url}/metrics`, { headers: { ...from, cookie: person.cookie } })).status).toBe(200);
    await other.close();
  });
});
