// `npm test`: sets up what is missing, then types, lint, format, build, specs and browser tests. Every step runs, whatever
// the others say; the last line counts them: `N passed, N failed`.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from './chromium.mjs';
import { main, run } from './parts/child.mjs';
import { binOf, jestFlags, node24, root, toolEnv } from './parts/paths.mjs';
import { setup } from './setup.mjs';

const minute = 60_000;
const tally = { passed: 0, failed: 0 };

await main(async () => {
  await setup();
  await step('typecheck', () => tool('nx', ['run-many', '-t', 'typecheck'], 10 * minute));
  await step('lint', () => tool('nx', ['run-many', '-t', 'lint'], 10 * minute));
  await step('format', () => tool('prettier', ['--check', '--log-level=warn', '.'], 5 * minute));
  const isBuilt = await step('build', () => setup({ build: true }));
  await jest('unit');
  if (isBuilt) await browserTests();
  else fail('browser tests: not run, there is no build to look at');

  process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed\n`);
  return tally.failed === 0 ? 0 : 1;
});

async function step(name, work) {
  heading(name);
  try {
    await work();
    tally.passed += 1;
    return true;
  } catch (error) {
    fail(`${name}: ${error.message}`);
    return false;
  }
}

async function browserTests() {
  let path;
  try {
    path = await chromium();
  } catch (error) {
    return fail(`browser tests: ${error.message}`);
  }
  await jest('e2e', { CHROMIUM_PATH: path });
}

/** Runs one Jest project and adds its tests to the tally; a file that could not even run counts as one failed test. */
async function jest(project, env = {}) {
  heading(project);
  const report = join(root, `.cache/jest-${project}.json`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  const args = [...jestFlags, binOf('jest'), '--ci', '--selectProjects', project, '--json', `--outputFile=${report}`];
  const code = await run(node24(), args, { cwd: root, env: toolEnv(env), timeoutMs: 15 * minute });

  const result = readReport(report);
  tally.passed += result.numPassedTests;
  tally.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  if (result.numPendingTests > 0) fail(`${project}: ${result.numPendingTests} tests are skipped`);
  if (code === 124) fail(`${project}: took longer than 15 minutes`);
  else if (code !== 0 && result.success !== false) fail(`${project}: Jest ended with ${code}`);
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 0 };
  }
}

async function tool(name, args, timeoutMs) {
  const code = await run(node24(), [binOf(name), ...args], { cwd: root, env: toolEnv(), timeoutMs });
  if (code !== 0) throw new Error(code === 124 ? 'took too long' : `ended with ${code}`);
}

function heading(name) {
  process.stdout.write(`\n== ${name}\n`);
}

function fail(line) {
  tally.failed += 1;
  process.stdout.write(`FAILED ${line}\n`);
}
