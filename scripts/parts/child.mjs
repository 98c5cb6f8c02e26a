import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';

const ownGroup = process.platform !== 'win32';
const patienceMs = 10_000;

/**
 * Runs a command to its end, without input. When we are told to stop, or its time is up, it is stopped with all its children.
 *
 * @param options those of `spawn`, and `timeoutMs`
 * @returns its exit code as a shell counts it (128 + signal); 127 when there is no such command, 124 when its time was up
 */
export async function run(command, args, { timeoutMs, ...options }) {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options, detached: ownGroup });
  let timedOut = false;
  const onTimeout = setTimeout(() => {
    timedOut = true;
    signalAll(child, 'SIGTERM');
    setTimeout(() => signalAll(child, 'SIGKILL'), patienceMs).unref();
  }, timeoutMs);
  const stopListening = onSignals((signal) => {
    signalAll(child, signal);
    child.once('close', (code, by) => process.exit(exitCode(code, by ?? signal)));
  });

  const code = await ended(child);
  clearTimeout(onTimeout);
  stopListening();
  return timedOut ? 124 : code;
}

/**
 * Runs a command in our place: with our terminal, for as long as it likes. A terminal's Ctrl-C reaches it by itself;
 * what reaches only us is passed on.
 *
 * @returns its exit code, as {@link run} has it
 */
export async function runInPlace(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const stopListening = onSignals((signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
  const code = await ended(child);
  stopListening();
  return code;
}

/**
 * Runs a server in our place. It gets a process group of its own, so that a signal to our whole group (Ctrl-C, `timeout`)
 * reaches it once, through us; should we be killed outright, it notices and stops as well.
 *
 * @returns its exit code, as {@link run} has it
 */
export async function serveInPlace(command, args, options) {
  const follow = ['--import', join(root, 'scripts/parts/follow-parent.mjs')];
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
  const child = spawn(command, [...follow, ...args], { ...options, stdio, detached: ownGroup });
  const stopListening = onSignals((signal) => child.kill(signal));
  const code = await ended(child);
  stopListening();
  return code;
}

/** Ends with the exit code of a command, or with one clear line when it throws. */
export async function main(work) {
  try {
    process.exit((await work()) ?? 0);
  } catch (error) {
    process.stderr.write(`watchfloor: ${error.message}\n`);
    process.exit(1);
  }
}

function ended(child) {
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code, signal) => resolve(exitCode(code, signal)));
  });
}

const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 1);

/**
 * Calls `handle` with each signal that tells us to stop.
 *
 * @returns what ends that
 */
export function onSignals(handle) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, handle);
  const watch = onOrphaned(() => handle('SIGTERM'));
  return () => {
    for (const signal of signals) process.off(signal, handle);
    clearInterval(watch);
  };
}

/** npm runs us in a shell, and a signal that stops npm stops that shell without telling us. */
function onOrphaned(handle) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    handle();
  }, 500);
  return watch.unref();
}

function signalAll(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(ownGroup ? -child.pid : child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
