import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Switches that keep a headless Chromium from calling anybody but the page under test. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium: the one that the set-up script found or installed. Close it in `afterAll`. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  // Chromium's own sandbox does not run as root, and that is how containers run tests.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...quiet, ...asRoot] });
}

export interface SignedIn {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Everything the page complained about: errors, failed requests to us, breaches of the content policy. */
  readonly complaints: string[];
}

/** Signs in through the screen, as a person does, and waits for the first screen after it. */
export async function signInByScreen(
  browser: Browser,
  url: string,
  person: { email: string; password: string },
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<SignedIn> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(`${url}/watch`);
  await page.getByLabel(/e-?mail/i).fill(person.email);
  await page.getByLabel(/password/i).fill(person.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/watch/);
  await page.getByRole('main').waitFor();
  return { context, page, complaints };
}

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  return complaints;
}
