import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Policy, RecordEntry, RecordPage, StreamSummary } from '@watchfloor/contracts';
import { isReadable } from '@watchfloor/contracts';
import { aPrediction } from '../../../../test/builders/a-prediction.ts';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import { until } from '../../../../test/kit/floor.ts';
import type { TestPerson } from '../../../../test/kit/people.ts';
import { call, signInAs } from '../../../../test/kit/people.ts';
import type { DemoAccess } from '../access/demo-people.ts';
import { demoOwner, ensureDemoPeople } from '../access/demo-people.ts';
import { ensureDemoStreams } from './demo-streams.ts';

let dataDir: string;
let app: TestApp;
let access: DemoAccess;
let owner: TestPerson;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'demo-'));
  app = await startApp({ settings: { dataDir } });
  access = await ensureDemoPeople(app.app);
  owner = await signInAs(app, demoOwner.email, access.password);
  await ensureDemoStreams(app.app);
}, 60_000);
afterAll(async () => {
  await app.close();
  await rm(dataDir, { recursive: true });
});

async function read<Answer>(path: string): Promise<Answer> {
  const answer = await call(app, path, { as: owner });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}

describe('the streams of the demo', () => {
  it('belong to the demo owner, and the record says how that came', async () => {
    const { items } = await read<{ items: StreamSummary[] }>('/streams');
    expect(items.map(({ name, task, owner: answerable }) => [name, task, answerable])).toEqual([
      ['breast-screening', 'label', demoOwner.name],
      ['digits', 'label', demoOwner.name],
      ['disease-progression', 'value', demoOwner.name],
    ]);
    const changes = async () =>
      (await read<RecordPage>('/record?kind=policy-changed')).items.filter(
        isReadable,
      ) as RecordEntry<'policy-changed'>[];
    await until('the changes are numbered', async () => (await changes()).length === 3);
    for (const { actor, data } of await changes()) {
      expect(actor).toEqual({ kind: 'person', id: owner.id });
      expect(data.reason).toBe('set up for the demo');
    }
  });

  it('take predictions, and stay as somebody has changed them when the demo starts again', async () => {
    const sent = await call(app, '/predictions', {
      body: [aPrediction({ stream: 'digits', label: '3' })],
      key: access.ingestKey,
    });
    expect(await sent.json()).toMatchObject({ accepted: 1 });
    const policy = await read<Policy>('/streams/digits/policy');
    const body = { ...policy, description: 'mine', reason: 'to see whether it stays' };
    expect((await call(app, '/streams/digits/policy', { method: 'PUT', body, as: owner })).status).toBe(200);

    await ensureDemoStreams(app.app);
    expect(await read<Policy>('/streams/digits/policy')).toMatchObject({
      description: 'mine',
      version: policy.version + 1,
    });
  });
});
