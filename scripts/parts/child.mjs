import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a command to its end.
 *
 * @param options those of `spawn`, and `timeoutMs`: after it the command and its children are stopped
 * @returns its exit code, as a shell counts it (128 + signal); 127 when there is no such command, 124 after a timeout
 */
export function run(command, args, { timeoutMs, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    let timedOut = false;
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            stop(child, 'SIGTERM');
            setTimeout(() => stop(child, 'SIGKILL'), 10_000).unref();
          }, timeoutMs);
    child.once('error', () => {
      clearTimeout(timer);
      resolve(127);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve(timedOut ? 124 : exitCode(code, signal));
    });
  });
}

/**
 * Runs a long-lived command as this process's stand-in: signals are passed on once, and its exit code becomes ours.
 * It gets a process group of its own, so that a terminal's Ctrl-C does not reach it a second time.
 */
export async function standIn(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', detached: process.platform !== 'win32', ...options });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(exitCode(status, signal)));
  });
  process.exit(code);
}

const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 1);

function stop(child, signal) {
  try {
    process.kill(child.spawnargs && child.pid ? child.pid : 0, signal);
  } catch {
    // Already gone.
  }
}
