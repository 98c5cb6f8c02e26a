import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { openBrowser } from '../kit/browser.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let app: TestApp;
let browser: Browser;
let ada: TestPerson;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ada = await signIn(app, ['supervisor', 'reviewer', 'owner', 'administrator', 'auditor'], 'Ada Byron');
  const key = await ingestKey(app);
  const body = Array.from({ length: 40 }, (_, index) => ({
    stream: 'mood',
    id: `p${index}`,
    label: 'glad',
    confidence: index % 2 === 0 ? 0.2 : 0.9,
    scores: { glad: 0.2, sad: 0.8 },
    features: { length: index },
    input: { text: 'so many words' },
  }));
  expect((await call(app, '/predictions', { key, body })).status).toBe(200);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

const screens = [
  '/watch',
  '/streams/mood',
  '/streams/mood/policy',
  '/streams/mood/policy?draft=new',
  '/queue',
  '/queue/now',
  '/history',
  '/people',
];
const looks = [
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  { colorScheme: 'light', viewport: { width: 320, height: 700 } },
] as const;

describe.each(looks)('in $colorScheme at $viewport.width px', (look) => {
  it.each(screens)(
    '%s has no violation of WCAG 2.2 AA and no sideways scroll',
    async (screen) => {
      const context = await browser.newContext({ ...look, reducedMotion: 'reduce' });
      const [name = '', value = ''] = ada.cookie.split('=');
      await context.addCookies([{ name, value, url: app.url }]);
      const page = await context.newPage();
      await page.goto(app.url + screen);
      await page.getByRole('main').waitFor();
      await sleep(1_000);
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(sideways).toBeLessThanOrEqual(0);
      await unroll(page);
      expect(await violations(page)).toEqual([]);
      await context.close();
    },
    30_000,
  );
});

it('the door, too, is open to all', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${app.url}/watch`);
  await page.getByLabel(/password/i).waitFor();
  expect(await violations(page)).toEqual([]);
  await context.close();
}, 30_000);

/** Makes the window so tall that nothing is left to scroll: what is cut at an edge until one scrolls is to be looked at whole. */
async function unroll(page: Page): Promise<void> {
  const { width } = page.viewportSize() ?? { width: 1280 };
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(2_400, whole + 200) });
  await sleep(300);
}

/** Runs axe in the page, past the content policy, as a debugger would. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(
    (tags) => (globalThis as unknown as { axe: typeof axeCore }).axe.run({ runOnly: tags }),
    wcag,
  );
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`).join(' | ')}`,
  );
}
