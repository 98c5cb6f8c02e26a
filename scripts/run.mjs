// Runs a tool or one of our TypeScript files on the pinned Node 24, after setting up what is missing:
// `node scripts/run.mjs jest ...`, `node scripts/run.mjs apps/cli/src/main.ts ...`
import { join } from 'node:path';
import { run } from './parts/child.mjs';
import { binOf, node24, root, toolEnv } from './parts/paths.mjs';
import { setup } from './setup.mjs';

const [what = '', ...args] = process.argv.slice(2);
const nodeOptions = what === 'jest' ? ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'] : [];

try {
  await setup();
  // The terminal's Ctrl-C reaches the tool itself; we only stay until it is done.
  process.on('SIGINT', () => {});
  const file = what.endsWith('.ts') ? join(root, what) : binOf(what);
  process.exit(await run(node24(), [...nodeOptions, file, ...args], { stdio: 'inherit', env: toolEnv() }));
} catch (error) {
  console.error(`watchfloor: ${error.message}`);
  process.exit(1);
}
