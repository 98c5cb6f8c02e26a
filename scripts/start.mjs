// `npm start`: sets up what is missing, then runs the server in the foreground.
import { join } from 'node:path';
import { standIn } from './parts/child.mjs';
import { node24, root, toolEnv } from './parts/paths.mjs';
import { setup } from './setup.mjs';

try {
  await setup({ build: true });
  const main = join(root, 'apps/api/dist/main.js');
  await standIn(node24(), ['--enable-source-maps', main, ...process.argv.slice(2)], { env: toolEnv() });
} catch (error) {
  console.error(`watchfloor: ${error.message}`);
  process.exit(1);
}
