import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirLock, DataDirTaken } from './data-dir-lock.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchfloor-lock-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = () => join(folder, 'server.json');

it('one server holds a data directory; who comes second is told which one and where', async () => {
  const first = new DataDirLock(folder);
  first.take();
  expect(() => new DataDirLock(folder).take()).toThrow(DataDirTaken);
  first.servesAt('http://127.0.0.1:3000');
  expect(() => new DataDirLock(folder).take()).toThrow(`process ${process.pid}, at http://127.0.0.1:3000`);

  first.release();
  const second = new DataDirLock(folder);
  second.take();
  second.release();
  expect(await readdir(folder)).toEqual([]);
});

it('who never held it cannot give it back', async () => {
  const holder = new DataDirLock(folder);
  holder.take();
  new DataDirLock(folder).release();
  expect(await readdir(folder)).toEqual(['server.json']);
  holder.release();
});

it('a lock of a process that is gone is taken over', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  await writeFile(file(), JSON.stringify({ pid: child.pid, begunAt: 'before' }));
  const lock = new DataDirLock(folder);
  lock.take();
  lock.release();
});

it('so is one whose number belongs to another process by now, and one that cannot be read', async () => {
  for (const content of [JSON.stringify({ pid: process.pid, begunAt: 'an earlier boot' }), '{"pid":']) {
    await writeFile(file(), content);
    const lock = new DataDirLock(folder);
    lock.take();
    expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
  }
});
