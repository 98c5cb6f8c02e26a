import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPrediction } from '../../../../../test/builders/a-prediction.ts';
import { startApp, type TestApp } from '../../../../../test/kit/app.ts';
import { call, ingestKey, signIn } from '../../../../../test/kit/people.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
}, 60_000);
afterAll(() => app.close());

describe('what differs among hostile predictions', () => {
  it('is told, though some hold what PostgreSQL cannot take apart', async () => {
    const key = await ingestKey(app);
    const hostile = ['NUL \u0000', 'half \ud800', 'other half \udc00', 'whole \u{1f986}', '\\u0000'];
    const body = hostile.map((text, index) =>
      aPrediction({ stream: 'hostile', id: `h${index}`, segments: { scanner: 'B' }, input: { text } }),
    );
    expect(await (await call(app, '/predictions', { body, key })).json()).toMatchObject({ accepted: hostile.length });
    const as = await signIn(app, ['supervisor']);
    const to = new Date(Date.now() + 60_000).toISOString();
    const answer = await call(app, `/streams/hostile/differs?from=2020-01-01T00:00:00.000Z&to=${to}`, { as });
    expect(answer.status).toBe(200);
  }, 30_000);
});
