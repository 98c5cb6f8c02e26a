// Runs a tool or one of our TypeScript files on the pinned Node 24, after setting up what is missing:
// `node scripts/run.mjs jest ...`, `node scripts/run.mjs apps/cli/src/main.ts ...`
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { main, runInPlace } from './parts/child.mjs';
import { binOf, jestFlags, node24, root, toolEnv } from './parts/paths.mjs';
import { setup } from './setup.mjs';

const [what = '', ...args] = process.argv.slice(2);

await main(async () => {
  // What stands in test/ runs the built server; the figures of the libs need none.
  await setup({ build: what.startsWith('test/') && !/^test\/(eval|zones)\//.test(what) });
  const file = what.endsWith('.ts') ? join(root, what) : binOf(what);
  const isJest = what === 'jest';
  const chromium = isJest ? await findChromium() : undefined;
  const env = toolEnv(chromium === undefined ? {} : { CHROMIUM_PATH: chromium });
  return runInPlace(node24(), [...(isJest ? jestFlags : []), file, ...args], { env });
});
