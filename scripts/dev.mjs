// `npm run dev`: the server, compiled and restarted on every change, and the console with hot reload.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { main, onSignals, run } from './parts/child.mjs';
import { binOf, node24, root, serverFlags, toolEnv } from './parts/paths.mjs';
import { forgetBuild, setup } from './setup.mjs';

const patienceMs = 10_000;
const settleMs = 150;

await main(async () => {
  await setup();
  forgetBuild();
  const port = await freePort(Number(process.env.PORT ?? 3000));
  const vite = spawn(node24(), [binOf('vite'), '--clearScreen', 'false'], {
    cwd: join(root, 'apps/console'),
    stdio: 'inherit',
    env: toolEnv({ WATCHFLOOR_API: `http://127.0.0.1:${port}` }),
  });

  let server;
  const restart = async () => {
    if ((await run(node24(), [join(root, 'scripts/build-api.mjs')], { env: toolEnv(), timeoutMs: 60_000 })) !== 0)
      return;
    await stop(server);
    server = spawn(node24(), [...serverFlags, join(root, 'apps/api/dist/main.js'), ...process.argv.slice(2)], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: toolEnv({ PORT: String(port) }),
    });
  };
  const changed = oneAtATime(restart);
  for (const folder of ['apps/api/src', 'libs']) {
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (file?.endsWith('.ts') && !file.endsWith('.spec.ts')) changed();
    });
  }
  changed();

  const told = new Promise((resolve) => onSignals(() => resolve(0)));
  const code = await Promise.race([told, once(vite, 'close').then(() => 1)]);
  await Promise.all([stop(vite), stop(server)]);
  return code;
});

/** Runs `work` a moment after it was last asked for, never twice at once, and once more if asked meanwhile. */
function oneAtATime(work) {
  let timer;
  let running = Promise.resolve();
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => (running = running.then(work)), settleMs);
  };
}

async function stop(child) {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'close');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(hard);
}

/** The first free port from `wanted` on: the console must know where the server will listen. */
async function freePort(wanted) {
  for (let port = wanted; port < wanted + 50; port += 1) {
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
  throw new Error(`no free port from ${wanted} on`);
}
