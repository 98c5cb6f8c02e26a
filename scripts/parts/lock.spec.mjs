import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

let folder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchfloor-lock-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Another process that takes the lock, notes in `notes` that it came and went, and stays for `ms`. */
function visitor(path, notes, ms, { dies = false } = {}) {
  const code = `
    import { appendFileSync } from 'node:fs';
    import { withLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.mjs'))};
    await withLock(${JSON.stringify(path)}, async () => {
      appendFileSync(${JSON.stringify(notes)}, 'in ');
      await new Promise((resolve) => setTimeout(resolve, ${ms}));
      if (${dies}) process.kill(process.pid, 'SIGKILL');
      appendFileSync(${JSON.stringify(notes)}, 'out ');
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => child.once('close', (exit, signal) => resolve(signal ?? exit)));
}

test('of several processes only one is at work at any time', async () => {
  const [path, notes] = [join(folder, 'busy.lock'), join(folder, 'busy.txt')];
  const ends = await Promise.all([1, 2, 3, 4].map(() => visitor(path, notes, 100)));
  expect(ends).toEqual([0, 0, 0, 0]);
  expect(await readFile(notes, 'utf8')).toBe('in out '.repeat(4));
  expect(existsSync(path)).toBe(false);
});

test('a lock whose owner was killed is taken over, by one of those who wait', async () => {
  const [path, notes] = [join(folder, 'killed.lock'), join(folder, 'killed.txt')];
  expect(await visitor(path, notes, 0, { dies: true })).toBe('SIGKILL');
  expect(existsSync(path)).toBe(true);
  const ends = await Promise.all([1, 2, 3].map(() => visitor(path, notes, 100)));
  expect(ends).toEqual([0, 0, 0]);
  expect(await readFile(notes, 'utf8')).toBe('in ' + 'in out '.repeat(3));
});

test('a lock that has been silent for a minute is taken over, though its process number lives', async () => {
  const path = join(folder, 'silent.lock');
  await writeFile(path, JSON.stringify({ pid: process.pid, host: hostname(), id: 'someone' }));
  const past = new Date(Date.now() - 61_000);
  await utimes(path, past, past);
  expect(await withLock(path, async () => 'done')).toBe('done');
});

test('a lock of a living owner is waited for, and given up on with its place named', async () => {
  const path = join(folder, 'living.lock');
  await writeFile(path, JSON.stringify({ pid: process.pid, host: hostname(), id: 'someone' }));
  let waits = 0;
  const attempt = withLock(path, async () => 'done', { onWait: () => (waits += 1), patienceMs: 300 });
  await expect(attempt).rejects.toThrow(path);
  expect(waits).toBe(1);
  expect(existsSync(path)).toBe(true);
});

test('work that fails gives the lock back', async () => {
  const path = join(folder, 'failed.lock');
  const attempt = withLock(path, async () => {
    throw new Error('no disk');
  });
  await expect(attempt).rejects.toThrow('no disk');
  expect(existsSync(path)).toBe(false);
});
