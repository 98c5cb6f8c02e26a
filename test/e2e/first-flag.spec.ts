import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Flag, Page } from '@watchfloor/contracts';
import { firstCommand } from '../../apps/console/src/watch/first-command.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
}, 60_000);
afterAll(() => app.close());

describe('the command of an empty floor', () => {
  it('brings the first stream, and with it the first flag', async () => {
    const [, body = ''] = /'(\{.*\})'/.exec(firstCommand('curl', app.url, 'key', 'first-1')) ?? [];
    const answer = await call(app, '/predictions', { body: JSON.parse(body), key: await ingestKey(app) });
    expect(await answer.json()).toMatchObject({ accepted: 1 });
    const as = await signIn(app, ['reviewer']);
    const { items } = (await (await call(app, '/flags', { as })).json()) as Page<Flag>;
    expect(items.map(({ stream, signals }) => [stream, signals[0]?.kind])).toEqual([['my-model', 'low-confidence']]);
  });
});
