import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running PostgreSQL server process. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/**
 * The postmaster that runs on this cluster, if one does: ours, or one whose server was killed and left it behind.
 * A lock file that a crash left, whose number now belongs to another process or to none, is not one.
 */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const [pid, , , port] = linesOf(join(cluster, 'postmaster.pid')).map(Number);
  if (pid === undefined || !(pid > 0) || !isAlive(pid) || !isPostgresOf(pid, cluster)) return undefined;
  // The port is written a moment after the number.
  return { pid, port: port ?? 0 };
}

/** Removes the lock file of a postmaster that is gone: PostgreSQL itself would mistake any process of that number for it. */
export async function removeStaleLock(cluster: string): Promise<void> {
  if (runningPostmaster(cluster) === undefined) await rm(join(cluster, 'postmaster.pid'), { force: true });
}

/**
 * Stops a postmaster: clients are cut off, the cluster is written out. One that does not stop in time is stopped hard;
 * its write-ahead log then brings everything committed back at the next start.
 */
export async function stopPostmaster({ pid }: Postmaster, patienceMs = 6_000): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', patienceMs],
    ['SIGQUIT', 2_000],
  ] as const) {
    if (!isAlive(pid)) return;
    send(pid, signal);
    for (const until = Date.now() + waitMs; Date.now() < until;) {
      if (!isAlive(pid)) return;
      await sleep(20);
    }
  }
  send(pid, 'SIGKILL');
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isPostgresOf(pid: number, cluster: string): boolean {
  try {
    // A postmaster's working directory is its cluster.
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return commandOf(pid).includes('postgres');
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 });
  } catch {
    return '';
  }
}

/** In a container whose first process does not reap, a stopped process stays as an entry of the table. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'Z';
  } catch {
    return false;
  }
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
