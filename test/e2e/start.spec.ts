import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../apps/api/dist/main.js', import.meta.url));
const running: ChildProcess[] = [];
/** The settings of whoever runs the tests, and the tests' own, are not the server's. */
const foreign = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WATCHFLOOR_')));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchfloor-start-'));
});

afterAll(async () => {
  await Promise.all(running.map((child) => end(child, 'SIGTERM')));
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  readonly output: string;
}

/** Starts the built server as a user does and reads its lines until it is ready. */
async function start(dataDir: string, environment: Record<string, string> = {}): Promise<Started> {
  const { child, output, code } = await outputUntil(dataDir, environment, /ready at (\S+)/);
  const address = /ready at (\S+)/.exec(output)?.[1];
  if (address === undefined) throw new Error(`not ready (exit ${String(code)}):\n${output}`);
  return { child, address, output };
}

async function outputUntil(dataDir: string, environment: Record<string, string>, pattern: RegExp) {
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...foreign, PORT: '0', LOG_LEVEL: 'warn', WATCHFLOOR_DATA_DIR: dataDir, ...environment },
  });
  running.push(child);
  let output = '';
  const code = await new Promise<number | null>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (pattern.test(output)) resolve(null);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', resolve);
  });
  return { child, output, code };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return gone;
}

async function isReady(address: string): Promise<boolean> {
  return (await fetch(`${address}/health/ready`)).ok;
}

test('the first start prints an address and a sign-in link that works once', async () => {
  const server = await start(join(folder, 'first'));
  const link = /https?:\/\/\S+\/sign-in\?link=(\S+)/.exec(server.output);
  expect(link).not.toBeNull();
  const signIn = () =>
    fetch(`${server.address}/api/v1/auth/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.address },
      body: JSON.stringify({ token: link?.[1] }),
    });
  expect((await signIn()).status).toBe(200);
  expect((await signIn()).status).toBe(401);
  expect(await end(server.child, 'SIGINT')).toBe(0);
}, 60_000);

test('a port that is taken gives way to the next free one, and that is said', async () => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
  const address = squatter.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const server = await start(join(folder, 'taken'), { PORT: String(taken) });
  expect(server.address).not.toContain(`:${String(taken)}`);
  expect(server.output).toContain(String(taken));
  expect(await isReady(server.address)).toBe(true);
  await end(server.child, 'SIGTERM');
  squatter.close();
}, 60_000);

test('after kill -9 the next start takes over the PostgreSQL that was left behind', async () => {
  const dataDir = join(folder, 'killed');
  const before = await start(dataDir);
  await end(before.child, 'SIGKILL');
  const after = await start(dataDir);
  expect(await isReady(after.address)).toBe(true);
  await end(after.child, 'SIGTERM');
}, 90_000);

test('two servers side by side do not meet, and a second one on the same data says who was first', async () => {
  const [one, other] = await Promise.all([start(join(folder, 'left')), start(join(folder, 'right'))]);
  expect(one.address).not.toBe(other.address);
  const second = await outputUntil(join(folder, 'left'), {}, /ready at/);
  expect(second.code).toBe(1);
  expect(second.output).toContain(String(one.child.pid));
  expect(second.output).toContain(one.address);
  await Promise.all([end(one.child, 'SIGTERM'), end(other.child, 'SIGTERM')]);
}, 90_000);

test('a wrong setting stops the start with a line for each', async () => {
  const { code, output } = await outputUntil(join(folder, 'wrong'), { PORT: 'many', WATCHFLOOR_COLOUR: 'blue' }, /$^/);
  expect(code).not.toBe(0);
  expect(output).toContain('PORT');
  expect(output).toContain('WATCHFLOOR_COLOUR');
}, 30_000);

test('below a folder that only its owner may enter, the database finds a place', async () => {
  const closed = join(folder, 'closed');
  await mkdir(closed);
  await chmod(closed, 0o700);
  const server = await start(join(closed, 'data'));
  expect(await isReady(server.address)).toBe(true);
  expect(await end(server.child, 'SIGTERM')).toBe(0);
}, 60_000);
