import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './postmaster.ts';

interface Owner {
  readonly pid: number;
  /** When the process began, in the kernel's own count: a number is given again, a beginning is not. */
  readonly begunAt: string;
  readonly address?: string;
}

/** Thrown when another server already serves from this data directory. */
export class DataDirTaken extends Error {}

/** One server for a data directory, kept by a file that outlives a crash without harm. */
export class DataDirLock {
  private readonly path: string;
  private isHeld = false;

  constructor(private readonly dataDir: string) {
    this.path = join(dataDir, 'server.json');
  }

  /** @throws DataDirTaken naming the server that runs already */
  take(): void {
    mkdirSync(this.dataDir, { recursive: true });
    while (!this.create()) {
      const owner = this.owner();
      if (owner !== undefined && isAlive(owner.pid) && owner.begunAt === beginningOf(owner.pid)) {
        const where = owner.address === undefined ? 'it is just starting' : `at ${owner.address}`;
        throw new DataDirTaken(`a server already runs on this data directory: process ${owner.pid}, ${where}`);
      }
      this.removeDead(owner);
    }
    this.isHeld = true;
  }

  /** Writes down where we serve, for whoever comes second. */
  servesAt(address: string): void {
    const next = `${this.path}.${process.pid}`;
    writeFileSync(next, contentOf(address), { mode: 0o600 });
    renameSync(next, this.path);
  }

  release(): void {
    if (this.isHeld) rmSync(this.path, { force: true });
    this.isHeld = false;
  }

  /** A hard link appears with its content, or not at all. */
  private create(): boolean {
    const mine = `${this.path}.${process.pid}`;
    writeFileSync(mine, contentOf(), { mode: 0o600 });
    try {
      linkSync(mine, this.path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      rmSync(mine, { force: true });
    }
  }

  /** Moved before it is removed: of two that find the same dead lock, one moves it, and nobody removes a fresh one. */
  private removeDead(dead: Owner | undefined): void {
    const aside = `${this.path}.${randomUUID()}`;
    try {
      renameSync(this.path, aside);
    } catch {
      return;
    }
    const moved = readOwner(aside);
    if (moved?.pid !== dead?.pid || moved?.begunAt !== dead?.begunAt) renameSync(aside, this.path);
    else rmSync(aside, { force: true });
  }

  private owner(): Owner | undefined {
    return readOwner(this.path);
  }
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

function contentOf(address?: string): string {
  return JSON.stringify({
    pid: process.pid,
    begunAt: beginningOf(process.pid),
    ...(address === undefined ? {} : { address }),
  });
}

/** @returns the process's start in clock ticks since boot, with the boot's id; empty where the system does not tell */
function beginningOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${started}`;
  } catch {
    return '';
  }
}
