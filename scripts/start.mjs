// `npm start`: sets up what is missing, then runs the server in the foreground.
import { join } from 'node:path';
import { main, serveInPlace } from './parts/child.mjs';
import { node24, root, serverFlags, toolEnv } from './parts/paths.mjs';
import { setup } from './setup.mjs';

await main(async () => {
  await setup({ build: true });
  const server = join(root, 'apps/api/dist/main.js');
  return serveInPlace(node24(), [...serverFlags, server, ...process.argv.slice(2)], { env: toolEnv() });
});
