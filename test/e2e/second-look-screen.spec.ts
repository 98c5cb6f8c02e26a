import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type axeCore from 'axe-core';
import { defaultPolicy } from '@watchfloor/contracts';
import type { Browser } from 'playwright-core';
import { Work } from '../../apps/api/src/platform/database/work.ts';
import { StreamsService } from '../../apps/api/src/streams/streams.service.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { openBrowser } from '../kit/browser.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let app: TestApp;
let browser: Browser;
let mika: TestPerson;
let ada: TestPerson;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  [mika, ada] = await Promise.all([signIn(app, ['reviewer'], 'Mika Ito'), signIn(app, ['reviewer'], 'Ada Byron')]);
  const key = await ingestKey(app);
  const stream = 'animals';
  const send = (body: object) => call(app, '/predictions', { key, body });
  await send({ stream, id: 'before', label: 'ant' });
  const policy = {
    ...defaultPolicy,
    labels: ['ant', 'bee', 'cat'],
    detectors: { ...defaultPolicy.detectors, 'audit-sample': { enabled: true, probability: 1 } },
  };
  const change = { policy, byPerson: mika.id };
  await app.app.get(Work).run((tx) => app.app.get(StreamsService).changePolicy(tx, stream, change));
  await send({ stream, id: 'case', label: 'bee', confidence: 0.8642, input: { text: 'It flies.' } });
  const claimed = (await (await call(app, '/flags/next', { as: mika, body: { stream } })).json()) as {
    flag: { id: string; version: number };
    claim: { token: string };
  };
  const body = { version: claimed.flag.version, claim: claimed.claim.token, label: 'cat' };
  expect((await call(app, `/flags/${claimed.flag.id}/verdict`, { as: mika, body })).status).toBe(200);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('a second look on the screen', () => {
  it('shows the evidence and the choices, on a phone too, and takes a key; the pair is shown after it', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const [name = '', value = ''] = ada.cookie.split('=');
    await context.addCookies([{ name, value, url: app.url }]);
    const page = await context.newPage();
    await page.goto(`${app.url}/queue/now?stream=animals`);
    await page.locator('[data-ready=true] [data-choice=bee]').waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('It flies.');
    expect(text).toContain('Second look, blind');
    expect(text).not.toMatch(/0\.86|86\.4|The model is right|confirms|instead of|What the model said/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axeCore }).axe.run());
    expect(violations.map(({ id }) => id)).toEqual([]);
    const answered = page.waitForResponse((response) => response.url().endsWith('/verdict'));
    await page.keyboard.press('1');
    expect((await answered).status()).toBe(200);
    const flag = (await (await answered).json()) as { id: string; secondLookOf: string };
    await page.goto(`${app.url}/flags/${flag.secondLookOf}`);
    await page.getByText('The audit is decided: the model was wrong').waitFor();
    expect(await page.locator('main').innerText()).toContain('Mika Ito');
    await context.close();
  }, 60_000);
});
