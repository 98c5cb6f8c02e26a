import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IngestReport, Prediction, StoredPrediction } from '@watchfloor/contracts';
import type { Message } from 'cloudevents';
import { CloudEvent, emitterFor, HTTP, Mode } from 'cloudevents';
import { aPrediction } from '../builders/a-prediction.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let key: string;
let supervisor: TestPerson;

beforeAll(async () => {
  app = await startApp();
  key = await ingestKey(app);
  supervisor = await signIn(app, ['supervisor']);
}, 60_000);
afterAll(() => app.close());

async function post({ headers, body }: Pick<Message, 'headers' | 'body'>): Promise<IngestReport> {
  const answer = await fetch(`${app.url}/api/v1/predictions`, {
    method: 'POST',
    headers: { ...(headers as Record<string, string>), authorization: `Bearer ${key}` },
    body: body as string,
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as IngestReport;
}

async function stored(stream: string, id: string): Promise<Prediction> {
  const answer = await call(app, `/predictions/${stream}/${encodeURIComponent(id)}`, { as: supervisor });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as StoredPrediction).prediction;
}

const attributes = { source: '/models/toxicity', type: 'org.example.prediction', time: '2026-11-22T06:00:00.000Z' };

describe('CloudEvents of the official SDK', () => {
  it.each(['binary', 'structured'] as const)('in %s mode', async (mode) => {
    const data = aPrediction({ stream: `events-${mode}`, label: 'giftig – ☠' });
    const report = await post(HTTP[mode](new CloudEvent({ ...attributes, data })));

    expect(report).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
    expect(await stored(data.stream, data.id)).toEqual({ ...data, at: attributes.time });
  });

  it('sent by its emitter', async () => {
    const reports: IngestReport[] = [];
    const emit = emitterFor(async (message) => reports.push(await post(message)), { mode: Mode.BINARY });
    for (let sent = 0; sent < 3; sent += 1)
      await emit(new CloudEvent({ ...attributes, data: aPrediction({ stream: 'emitted' }) }));

    expect(reports.map(({ accepted }) => accepted)).toEqual([1, 1, 1]);
  });

  it('in a batch, each by itself', async () => {
    const good = [aPrediction({ stream: 'batch' }), aPrediction({ stream: 'batch' })];
    const bad = { ...aPrediction({ stream: 'batch' }), label: 7 };
    const events = [good[0]!, bad, good[1]!].map((data) => new CloudEvent({ ...attributes, data }));
    const report = await post({
      headers: { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' },
      body: JSON.stringify(events),
    });

    expect(report).toMatchObject({ accepted: 2, duplicates: 0, rejected: [{ index: 1, pointer: '/data/label' }] });
    expect(await stored('batch', good[1]!.id)).toMatchObject(good[1]!);
  });

  it('give their id and time to a prediction that has none, and only then', async () => {
    const { id: _, ...nameless } = aPrediction({ stream: 'named' });
    await post(HTTP.binary(new CloudEvent({ ...attributes, id: 'event-7', data: nameless })));
    expect(await stored('named', 'event-7')).toMatchObject({ at: attributes.time });

    const named = aPrediction({ stream: 'named', at: '2026-11-21T00:00:00.000Z' });
    await post(HTTP.structured(new CloudEvent({ ...attributes, id: 'event-8', data: named })));
    expect(await stored('named', named.id)).toEqual(named);
  });

  it('that come again are duplicates', async () => {
    const event = new CloudEvent({ ...attributes, data: aPrediction({ stream: 'again' }) });
    await post(HTTP.binary(event));
    expect(await post(HTTP.structured(event))).toMatchObject({ accepted: 0, duplicates: 1 });
  });

  it('with binary data hold it as base64', async () => {
    const data = aPrediction({ stream: 'base64' });
    const bytes = Uint8Array.from(Buffer.from(JSON.stringify(data)));
    const message = HTTP.structured(
      new CloudEvent({ ...attributes, datacontenttype: 'application/json', data: bytes }),
    );
    expect(message.body).toContain('data_base64');
    expect(await post(message)).toMatchObject({ accepted: 1 });
    expect(await stored('base64', data.id)).toMatchObject(data);
  });

  it('have percent-encoded headers decoded once', async () => {
    const { id: _, ...nameless } = aPrediction({ stream: 'percent' });
    const { headers, body } = HTTP.binary(new CloudEvent({ ...attributes, data: nameless }));
    await post({ headers: { ...headers, 'ce-id': 'Euro%20%E2%82%AC%2525' }, body });
    expect(await stored('percent', 'Euro €%25')).toBeDefined();
    await post({ headers: { ...headers, 'ce-id': '100%' }, body });
    expect(await stored('percent', '100%')).toBeDefined();
  });
});
