import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeatMs = 2_000;
const silentMs = 60_000;

/**
 * Runs `work` while no other process on this checkout runs theirs. A lock whose owner has died, or has not been heard of for a
 * minute, is taken over.
 *
 * @param onWait called once, if somebody else is at work
 * @throws when the others are still at work after `patienceMs`
 */
export async function withLock(path, work, { onWait = () => {}, patienceMs = 20 * 60_000 } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  const giveUpAt = Date.now() + patienceMs;
  for (let waits = 0; !create(path, mine); waits += 1) {
    if (takeOver(path)) continue;
    if (waits === 0) onWait();
    if (Date.now() > giveUpAt) throw new Error(`another set-up still runs in this checkout (its lock: ${path})`);
    await sleep(200);
  }

  const release = () => read(path) === mine && rmSync(path, { force: true });
  const heartbeat = setInterval(() => beat(path), heartbeatMs);
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off('exit', release);
    release();
  }
}

function create(path, content) {
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a dead lock; a lock of its own keeps two waiters from removing each other's fresh one. */
function takeOver(path) {
  if (!isDead(path)) return false;
  const door = `${path}.takeover`;
  if (!create(door, String(process.pid))) {
    if (silentFor(door) > silentMs) rmSync(door, { force: true });
    return false;
  }
  try {
    if (isDead(path)) rmSync(path, { force: true });
    return true;
  } finally {
    rmSync(door, { force: true });
  }
}

function isDead(path) {
  const content = read(path);
  if (content === undefined) return false;
  if (silentFor(path) > silentMs) return true;
  const owner = parse(content);
  // Half-written: its owner is at it this very moment, or died and falls silent.
  if (owner === undefined || owner.host !== hostname()) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function parse(content) {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function silentFor(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function beat(path) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Gone: somebody removed the lock by hand. The work goes on, there is nothing better to do.
  }
}
