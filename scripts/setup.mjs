// Sets up what is missing in this checkout: dependencies by the lockfile and, with --build, what is to be served.
// Runs on Node 20.19 and uses nothing from node_modules.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { main, run } from './parts/child.mjs';
import { withLock } from './parts/lock.mjs';
import { binOf, node24, root, toolEnv } from './parts/paths.mjs';
import { fingerprint } from './parts/fingerprint.mjs';

const installed = join(root, 'node_modules/.watchfloor-setup');
const lockfile = join(root, 'package-lock.json');
const built = join(root, 'node_modules/.watchfloor-build');
const outputs = ['apps/api/dist/main.js', 'apps/console/dist/index.html'].map((path) => join(root, path));
const say = (line) => process.stderr.write(`${line}\n`);

/**
 * Brings the checkout up to date. Safe to call from several processes at once.
 *
 * @param build whether the server and the console must be built as well
 * @throws Error with one clear line when it cannot
 */
export async function setup({ build = false } = {}) {
  if (isInstalled() && (!build || isBuilt())) return;
  const onWait = () => say('Another set-up runs in this checkout; waiting for it.');
  await withLock(
    join(root, '.cache/setup.lock'),
    async () => {
      if (!isInstalled()) await install();
      if (build && !isBuilt()) await buildAll();
    },
    { onWait },
  );
}

/** Somebody builds by other means (`npm run dev`): the next start looks again. */
export const forgetBuild = () => rmSync(built, { force: true });

const platform = `${process.platform}-${process.arch}`;
const lockfileHash = () => `${platform} ${createHash('sha256').update(read(lockfile)).digest('hex')}`;
const buildHash = () => fingerprint(['apps/api', 'apps/console', 'libs', 'scripts', 'package-lock.json', 'nx.json']);

const isBuilt = () => outputs.every((path) => existsSync(path)) && read(built) === buildHash();

function isInstalled() {
  const stamp = read(installed);
  if (stamp === lockfileHash()) return true;
  if (stamp !== undefined && !stamp.startsWith(`${platform} `)) return false;
  if (!npmHasInstalledIt()) return false;
  writeFileSync(installed, lockfileHash());
  return true;
}

/** Somebody ran `npm install` by hand: npm's own account of node_modules tells whether it is what the lockfile asks for. */
function npmHasInstalledIt() {
  const account = read(join(root, 'node_modules/.package-lock.json'));
  if (account === undefined) return false;
  const present = JSON.parse(account).packages;
  const wanted = Object.entries(JSON.parse(read(lockfile)).packages).filter(([path, { optional, devOptional }]) => {
    return path !== '' && !optional && !devOptional;
  });
  return wanted.every(([path, { version, integrity }]) => {
    return present[path]?.version === version && present[path]?.integrity === integrity;
  });
}

async function install() {
  const startedAt = Date.now();
  say('Installing dependencies by package-lock.json (the first time takes about a minute) ...');
  const waiting = setInterval(() => say(`  still installing, ${seconds(startedAt)} s`), 20_000);
  const code = await run(...npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']), {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: systemPath() },
    timeoutMs: 15 * 60_000,
  });
  clearInterval(waiting);
  if (code === 127)
    throw new Error('npm was not found. Install Node 20.19 or later together with npm, then run this again.');
  if (code !== 0) {
    throw new Error(
      `the dependencies could not be installed (npm ci ended with ${code}, its reason is above). ` +
        'Check that this machine reaches its npm registry and has disk space, then run this again.',
    );
  }
  node24();
  writeFileSync(installed, lockfileHash());
  say(`Installed in ${seconds(startedAt)} s.`);
}

async function buildAll() {
  const startedAt = Date.now();
  const hash = buildHash();
  say('Building server and console ...');
  const log = join(root, '.cache/build.log');
  const output = openSync(log, 'w');
  const code = await run(node24(), [binOf('nx'), 'run-many', '-t', 'build', '--output-style=stream'], {
    cwd: root,
    stdio: ['ignore', output, output],
    env: toolEnv(),
    timeoutMs: 10 * 60_000,
  });
  closeSync(output);
  if (code !== 0) {
    process.stderr.write(read(log) ?? '');
    throw new Error(`the build failed (${code}); its reason is above`);
  }
  writeFileSync(built, hash);
  say(`Built in ${seconds(startedAt)} s.`);
}

/** npm as it was started, or the one on the path; never the pinned Node, which `npm ci` takes away from under itself. */
function npm(args) {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script?.endsWith('.js') && node && !node.startsWith(join(root, 'node_modules'))) return [node, [script, ...args]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
}

const systemPath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules') + sep))
    .join(delimiter);

const seconds = (since) => Math.round((Date.now() - since) / 1000);

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

if (process.argv[1] === import.meta.filename) await main(() => setup({ build: process.argv.includes('--build') }));
