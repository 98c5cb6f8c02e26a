import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, signInByScreen } from '../kit/browser.ts';
import { ServerProcess, admin, ingestKey } from '../kit/server-process.ts';

let folder: string;
let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchfloor-watch-'));
  server = await ServerProcess.on(folder);
  [browser] = await Promise.all([openBrowser(), server.start()]);
}, 90_000);

afterAll(async () => {
  await browser.close();
  await server.stopAll();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

async function send(...predictions: readonly object[]): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/predictions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(predictions),
  });
  expect(answer.status).toBe(200);
}

const unsure = (id: string) => ({
  stream: 'mood',
  id,
  label: 'glad',
  confidence: 0.2,
  scores: { glad: 0.2, sad: 0.8 },
});

describe('a supervisor at the wall', () => {
  it('begins with a command to copy, and sees the stream of its first prediction without a reload', async () => {
    const { page, context, complaints } = await signInByScreen(browser, server.url, admin);
    await expect(
      page
        .getByText(/\/api\/v1\/predictions/)
        .first()
        .textContent(),
    ).resolves.toContain(server.url);
    await send(unsure('first'));
    await page.locator('[data-tile="mood"]').waitFor({ timeout: 10_000 });
    expect(complaints.filter((complaint) => !complaint.includes('401'))).toEqual([]);
    await context.close();
  }, 60_000);

  it('sees a flag as it rises', async () => {
    const { page, context } = await signInByScreen(browser, server.url, admin);
    await page.locator('[data-tile="mood"]').waitFor();
    const events = await page.locator('[data-entry]').count();
    await send(unsure('second'));
    await page.locator('[data-entry]').nth(events).waitFor({ timeout: 5_000 });
    await expect(page.locator('[data-entry]').first().textContent()).resolves.toContain('mood');
    await context.close();
  }, 60_000);

  it('is told when the line is gone, and afterwards misses nothing of what happened meanwhile', async () => {
    const { page, context } = await signInByScreen(browser, server.url, admin);
    await page.locator('[data-tile="mood"]').waitFor();
    await server.kill();
    await page.waitForFunction(() => document.title.startsWith('! OFFLINE'), undefined, { timeout: 12_000 });
    await page.getByRole('button', { name: /retry/i }).waitFor();

    await server.start();
    await send(unsure('meanwhile'));
    await page.waitForFunction(() => !document.title.startsWith('! OFFLINE'), undefined, { timeout: 30_000 });
    await page.goto(`${server.url}/queue`);
    await page.getByText(/3 waiting/).waitFor({ timeout: 10_000 });
    await context.close();
  }, 120_000);
});
