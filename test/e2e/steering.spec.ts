import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Policy } from '@watchfloor/contracts';
import type { Browser, Page } from 'playwright-core';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { openBrowser } from '../kit/browser.ts';
import { until } from '../kit/floor.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let browser: Browser;
let ada: TestPerson;
let ben: TestPerson;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ settings: { separationOfDuties: true } }), openBrowser()]);
  ada = await signIn(app, ['owner'], 'Ada');
  ben = await signIn(app, ['owner'], 'Ben');
  const key = await ingestKey(app);
  const body = Array.from({ length: 400 }, (_, index) => ({
    stream: 'mood',
    id: `p${index}`,
    label: 'glad',
    confidence: (index % 100) / 100,
    segments: { country: index % 2 === 0 ? 'SE' : 'FI' },
  }));
  expect((await call(app, '/predictions', { key, body })).status).toBe(200);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await app.close();
});

async function policyScreen(person: TestPerson): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const [name = '', value = ''] = person.cookie.split('=');
  await context.addCookies([{ name, value, url: app.url }]);
  const page = await context.newPage();
  await page.goto(`${app.url}/streams/mood/policy`);
  await page.getByRole('heading', { name: 'Versions' }).waitFor();
  return page;
}

async function policy(): Promise<Policy> {
  return (await (await call(app, '/streams/mood/policy', { as: ada })).json()) as Policy;
}

describe('an owner', () => {
  it('sees what a draft would do before it is in force, and another one publishes it', async () => {
    const page = await policyScreen(ada);
    await page.getByRole('button', { name: 'New draft' }).click();
    await page.getByLabel('or below').fill('0.3');
    await page.getByLabel('What this draft is for').fill('catch more of the unsure');
    await page.getByRole('button', { name: 'Try this draft' }).click();
    const figures = page.getByRole('table', { name: 'The policy in force and the draft' });
    await figures.waitFor({ timeout: 20_000 });
    await expect(page.getByText(/400 predictions over/).textContent()).resolves.toBeTruthy();

    // All confidences are 0 to .99 alike: the slider says at once what a threshold would flag.
    await page.getByRole('slider').fill('0.75');
    await expect(page.getByRole('slider').getAttribute('aria-valuetext')).resolves.toContain('.75');
    await page.getByRole('button', { name: 'Put .75 into the draft' }).click();
    await expect(page.getByLabel('or below').inputValue()).resolves.toBe('0.75');
    await page.getByRole('button', { name: 'Save draft' }).click();
    // Its author may not publish it.
    await page.getByText(/somebody else must publish it/).waitFor();
    await expect(page.getByRole('button', { name: 'Publish' }).isDisabled()).resolves.toBe(true);

    const other = await policyScreen(ben);
    await other.getByRole('button', { name: 'catch more of the unsure' }).click();
    await other.getByRole('button', { name: 'Publish' }).click();
    await other.getByLabel('Reason, for the record').fill('agreed');
    await other.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await until('the draft is in force', async () => (await policy()).version === 2);
    expect((await policy()).detectors['low-confidence'].threshold).toBe(0.75);
  }, 90_000);

  it('goes back to an earlier version, which is a new one', async () => {
    const before = await policy();
    const page = await policyScreen(ben);
    await page.getByRole('button', { name: 'Roll back to version 1' }).click();
    await page.getByLabel('Reason, for the record').fill('too many flags');
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByText(/rolled back to 1/).waitFor();
    expect(await policy()).toMatchObject({
      version: before.version + 1,
      detectors: { 'low-confidence': { threshold: null } },
    });
  }, 60_000);
});
