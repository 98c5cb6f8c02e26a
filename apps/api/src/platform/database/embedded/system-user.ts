import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** An account of this machine, by its numbers. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const run = promisify(execFile);
const ownName = 'watchfloor';

/**
 * Whom PostgreSQL runs as: it refuses root. For root that is an account of its own or one that exists for PostgreSQL
 * already, made if there is none, and `nobody` where accounts cannot be made.
 *
 * @returns undefined for ordinary users: they run it themselves
 */
export async function databaseUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const user =
    (await userNamed(ownName)) ?? (await userNamed('postgres')) ?? (await makeUser()) ?? (await userNamed('nobody'));
  if (user === undefined) {
    throw new Error(
      'PostgreSQL does not run as root, and no account could be made for it; start as an ordinary user, or set DATABASE_URL',
    );
  }
  return user;
}

async function userNamed(name: string): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    );
    return uid === undefined || gid === undefined || uid === 0 ? undefined : { name, uid, gid };
  } catch {
    return undefined;
  }
}

async function makeUser(): Promise<SystemUser | undefined> {
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ownName]],
    // Alpine has no useradd.
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', ownName]],
  ];
  for (const [command, args] of ways) {
    const made = await run(command, args).then(
      () => userNamed(ownName),
      () => undefined,
    );
    if (made !== undefined) return made;
  }
  return undefined;
}

/** Whether this account (ourselves when undefined) can run a command to a good end, in its own eyes and from `/`. */
export function canRun(user: SystemUser | undefined, command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...accountOf(user), cwd: '/', stdio: 'ignore', timeout: 20_000 });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}

/** Whether the account can enter this folder and all those above it. */
export function canEnter(user: SystemUser | undefined, folder: string): Promise<boolean> {
  return canRun(user, '/bin/sh', ['-c', 'cd "$0"', folder]);
}

/** What `spawn` needs to run a command as this account. */
export function accountOf(user: SystemUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}
