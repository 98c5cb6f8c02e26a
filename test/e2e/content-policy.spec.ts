import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles } from '@watchfloor/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { openBrowser } from '../kit/browser.ts';
import { signIn } from '../kit/people.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await app.close();
});

/** Breaches of the content policy, errors of scripts, and calls to anybody but us. */
async function watched(context: BrowserContext): Promise<{ page: Page; breaches: string[] }> {
  const page = await context.newPage();
  const breaches: string[] = [];
  await page.exposeFunction('breach', (text: string) => void breaches.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
      const { breach } = window as unknown as { breach: (text: string) => void };
      breach(`${effectiveDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  page.on('pageerror', (error) => breaches.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(app.url) && !request.url().startsWith('data:')) breaches.push(request.url());
  });
  return { page, breaches };
}

describe('the content policy', () => {
  it('lets the API document be read', async () => {
    const { page, breaches } = await watched(await browser.newContext());
    await page.goto(`${app.url}/api/docs`);
    await page.getByText('Signs in by password').click();
    await page.getByText('Request body').first().waitFor();
    expect(breaches).toEqual([]);
  }, 60_000);

  it('lets the console work', async () => {
    const { cookie } = await signIn(app, roles);
    const context = await browser.newContext();
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: app.url }]);
    const { page, breaches } = await watched(context);
    for (const screen of ['/watch', '/queue', '/people', '/history']) {
      await page.goto(app.url + screen);
      await page.getByRole('main').waitFor();
    }
    expect(breaches).toEqual([]);
  }, 60_000);

  it('runs no script but the server’s own', async () => {
    const { page, breaches } = await watched(await browser.newContext());
    await page.goto(`${app.url}/sign-in`);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="document.title = \'run\'">');
      const script = document.createElement('script');
      script.textContent = 'document.title = "run"';
      document.body.append(script);
    });
    await page.waitForTimeout(200);
    expect(await page.title()).not.toBe('run');
    expect(breaches.some((breach) => breach.startsWith('script-src'))).toBe(true);
  }, 60_000);

  it('takes a style sheet from the parts library, which knows the nonce of the page, and from nobody else', async () => {
    const { page } = await watched(await browser.newContext());
    await page.goto(`${app.url}/sign-in`);
    const rules = await page.evaluate(() =>
      [document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.nonce, undefined].map((nonce) => {
        const style = Object.assign(document.createElement('style'), { textContent: 'p { color: red }' });
        if (nonce !== undefined) style.nonce = nonce;
        document.head.prepend(style);
        return style.sheet?.cssRules.length ?? 0;
      }),
    );
    expect(rules).toEqual([1, 0]);
  }, 60_000);
});
