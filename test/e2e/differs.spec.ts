import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Differences } from '@watchfloor/contracts';
import { differencesSchema } from '@watchfloor/contracts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let ada: TestPerson;
let middle: string;

beforeAll(async () => {
  app = await startApp();
  ada = await signIn(app, ['supervisor']);
  const key = await ingestKey(app);
  const send = async (from: number, count: number, of: (index: number) => object) => {
    const body = Array.from({ length: count }, (_, index) => ({
      stream: 'parcels',
      id: `p${from + index}`,
      label: 'ok',
      ...of(index),
    }));
    expect((await call(app, '/predictions', { key, body })).status).toBe(200);
  };
  await send(0, 500, (index) => ({
    confidence: 0.9,
    segments: { scanner: index % 4 === 0 ? 'B' : 'A' },
    features: { ink: index % 50 },
  }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  middle = new Date().toISOString();
  await send(500, 100, (index) => ({ confidence: 0.9, segments: { scanner: 'B' }, features: { ink: index % 50 } }));
}, 60_000);
afterAll(() => app.close());

async function differs(query: string): Promise<Differences> {
  const answer = await call(app, `/streams/parcels/differs?${query}`, { as: ada });
  expect(answer.status).toBe(200);
  return differencesSchema.parse(await answer.json());
}

describe('what differs in a stream', () => {
  it('names the segment that a window has too much of, with its support', async () => {
    const { window, baseline, items } = await differs(`from=${middle}`);
    expect({ window, baseline }).toEqual({ window: 100, baseline: 500 });
    expect(items[0]).toMatchObject({
      kind: 'segment',
      name: 'scanner',
      leading: { value: 'B', share: 1, usualShare: 0.25 },
      support: { window: 100, baseline: 500 },
      isSure: true,
    });
  });

  it('has nothing to say of a window without predictions, and none to tell strangers', async () => {
    expect(await differs('from=2020-01-01T00:00:00.000Z&to=2020-01-02T00:00:00.000Z')).toEqual({
      window: 0,
      baseline: 0,
      items: [],
    });
    expect((await call(app, `/streams/parcels/differs?from=${middle}`)).status).toBe(401);
    expect((await call(app, '/streams/parcels/differs?from=yesterday', { as: ada })).status).toBe(400);
    expect((await call(app, `/streams/nobody/differs?from=${middle}`, { as: ada })).status).toBe(404);
  });
});
