import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openBrowser, signInByScreen } from '../kit/browser.ts';
import { ServerProcess, admin, ingestKey } from '../kit/server-process.ts';

/** Takes the README's pictures from the running product: real streams, a real server, a real browser. */

const checkout = new URL('../../', import.meta.url);
const images = fileURLToPath(new URL('docs/images/', checkout));
const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
/** Recorded seconds in one; after so long the planted fault of the digits has been found. */
const speed = 12;
const playSeconds = 45;

const dataDir = await mkdtemp(join(tmpdir(), 'watchfloor-screenshots-'));
const server = await ServerProcess.on(dataDir);
const browser = await openBrowser();
try {
  await server.start();
  const player = play(server.url);
  const { page } = await signInByScreen(browser, server.url, admin, { viewport: desk, colorScheme: 'dark' });
  process.stderr.write(`playing for ${playSeconds} s ...\n`);
  await sleep(playSeconds * 1000);
  await shoot(page, '/watch', 'watch');
  await shoot(page, '/queue', 'queue');
  await shoot(page, '/queue/now', 'window-flag');
  await answerUntilPicture(page);
  await picture(page, 'flag');
  await shoot(page, '/history', 'history');
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot(page, '/streams/digits', 'stream-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(phone);
  await shoot(page, '/queue/now', 'flag-phone');
  player.kill('SIGTERM');
} finally {
  await browser.close();
  await server.stopAll();
  await rm(dataDir, { recursive: true, force: true });
}

function play(url: string) {
  const files = ['digits', 'breast-screening', 'disease-progression'].map((name) =>
    fileURLToPath(new URL(`test/streams/${name}.jsonl`, checkout)),
  );
  const cli = fileURLToPath(new URL('apps/cli/src/main.ts', checkout));
  const options = ['--url', url, '--key', ingestKey, '--speed', String(speed), '--loop'];
  return spawn(process.execPath, [cli, 'replay', ...files, ...options], { stdio: 'ignore' });
}

/** Window flags come first in the queue; the picture is to show one of a single prediction. */
async function answerUntilPicture(page: Page): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    if (await page.getByRole('img', { name: /model saw|image/i }).count()) return;
    await page.keyboard.press('s');
    await sleep(700);
    await page.keyboard.press('Enter');
    await sleep(1_500);
  }
}

async function shoot(page: Page, path: string, name: string): Promise<void> {
  await page.goto(server.url + path);
  await page.getByRole('main').waitFor();
  await sleep(2_500);
  await picture(page, name);
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(images, `${name}.png`) });
  process.stderr.write(`docs/images/${name}.png\n`);
}
