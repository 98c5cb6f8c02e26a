// Finds a Chromium that runs, or installs one. By itself it prints the path: `node scripts/chromium.mjs`.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { main, run } from './parts/child.mjs';
import { withLock } from './parts/lock.mjs';
import { binOf, node24, root } from './parts/paths.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macApps = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];
const say = (line) => process.stderr.write(`${line}\n`);

/** @returns the path of a Chromium that runs, or undefined */
export async function findChromium() {
  const { CHROMIUM_PATH: chosen } = process.env;
  if (chosen) {
    if (await runs(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, but that does not run`);
  }
  for (const path of candidates()) {
    if (existsSync(path) && (await runs(path))) return path;
  }
  return undefined;
}

/**
 * @returns the path of a Chromium that runs, installed first if need be
 * @throws Error with one clear line when there is none and none can be had
 */
export async function chromium() {
  return (
    (await findChromium()) ??
    (await withLock(join(root, '.cache/chromium.lock'), async () => {
      for (const install of [viaSystem, viaPlaywright]) {
        // Whoever held the lock before us may have installed it.
        const found = (await findChromium()) ?? ((await install()) ? await findChromium() : undefined);
        if (found !== undefined) return found;
      }
      throw new Error(
        'no Chromium for the browser tests. Install one (Debian: `apt-get install chromium`), ' +
          'or set CHROMIUM_PATH to one, then run this again.',
      );
    }))
  );
}

async function viaSystem() {
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!isRootOnDebian) return false;
  say('Installing Chromium with apt-get (about a minute) ...');
  const options = {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 600_000,
  };
  if ((await run('apt-get', ['update', '-qq'], options)) !== 0) return false;
  return (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)) === 0;
}

async function viaPlaywright() {
  say("Installing Chromium in Playwright's way ...");
  const options = { stdio: ['ignore', 2, 2], timeoutMs: 600_000 };
  return (await run(node24(), [binOf('playwright-core'), 'install', 'chromium'], options)) === 0;
}

/** Ubuntu's `chromium-browser` may be a stub that only says how to install it: ask for its version. */
async function runs(path) {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 });
    return /\d+\.\d+/.test(stdout);
  } catch {
    return false;
  }
}

function candidates() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...macApps.map((app) => join('/Applications', app)),
    ...playwrightCache(),
  ];
}

function playwrightCache() {
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'ms-playwright');
  if (!existsSync(cache)) return [];
  const inside = /\/(chrome|headless_shell|chrome-headless-shell|Chromium|Google Chrome for Testing)$/;
  return readdirSync(cache)
    .filter((folder) => folder.startsWith('chromium'))
    .flatMap((folder) => readdirSync(join(cache, folder), { recursive: true }).map((path) => join(cache, folder, path)))
    .filter((path) => inside.test(path));
}

if (process.argv[1] === import.meta.filename) {
  await main(async () => process.stdout.write(`${await chromium()}\n`) && 0);
}
