import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { findBinaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { makeCluster, makeDatabase, newPassword, startCluster, urlOf } from './cluster.ts';
import { runningPostmaster, stopPostmaster } from './postmaster.ts';
import type { SystemUser } from './system-user.ts';
import { canEnter, databaseUser } from './system-user.ts';

export interface EmbeddedPostgres {
  readonly url: string;
  /** Lines that the operator should read: who runs it, where its files are, what was found. */
  readonly notes: readonly string[];
  /** Stops it cleanly; cuts off who is still connected. */
  stop(): Promise<void>;
}

interface Pointer {
  /** The data directory that this was written for. */
  readonly dataDir: string;
  /** Inside the data directory as a relative path, so that a checkout can be moved. */
  readonly cluster: string;
  readonly password: string;
  readonly port?: number;
}

export interface EmbeddedOptions {
  /** False in tests only: then a machine crash may lose data. Default true. */
  readonly isDurable?: boolean;
}

/**
 * Runs PostgreSQL from the npm package on a cluster that belongs to this data directory: made at the first start, adopted
 * when it still runs after its server was killed. For root it runs as another account, in a place that account can reach.
 *
 * @throws Error with one clear line when it cannot
 */
export async function startEmbedded(
  dataDir: string,
  { isDurable = true }: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true });
  const user = await databaseUser();
  const notes: string[] = [];
  const binaries = await findBinaries(user, reachableFolder);
  const known = await readPointer(folder);
  if (known !== undefined) await refuseCopy(folder, known);
  const pointer = known ?? { dataDir: folder, cluster: await placeFor(folder, user), password: newPassword() };
  const place = resolve(folder, pointer.cluster);
  if (known === undefined) {
    await setAside(place, notes);
    await writePointer(folder, pointer);
  }
  const cluster: Cluster = { folder: place, binaries, user, password: pointer.password, isDurable };

  await makeCluster(cluster);
  const postmaster = await startCluster(cluster, pointer.port);
  if (postmaster.port !== pointer.port) await writePointer(folder, { ...pointer, port: postmaster.port });
  await makeDatabase(cluster, postmaster.port);

  if (user !== undefined)
    notes.push(`PostgreSQL does not run as root: it runs as ${user.name}, with its files in ${cluster.folder}`);
  if (postmaster.isAdopted) notes.push(`PostgreSQL was still running (process ${postmaster.pid}) and is used on`);
  return { url: urlOf(cluster, postmaster.port), notes, stop: () => stopPostmaster(postmaster) };
}

/** Stops what an earlier start left running on this data directory, if anything. */
export async function stopEmbedded(dataDir: string): Promise<void> {
  const pointer = await readPointer(resolve(dataDir));
  const running = pointer === undefined ? undefined : runningPostmaster(resolve(dataDir, pointer.cluster));
  if (running !== undefined) await stopPostmaster(running);
}

/** Two servers must not take one database for their own, because somebody copied the folder that points to it. */
async function refuseCopy(dataDir: string, pointer: Pointer): Promise<void> {
  if (pointer.dataDir === dataDir || !isAbsolute(pointer.cluster)) return;
  const original = await readPointer(pointer.dataDir).catch(() => undefined);
  if (original?.cluster !== pointer.cluster) return;
  throw new Error(
    `${dataDir} is a copy of ${pointer.dataDir}, whose database is in use; remove ${pointerIn(dataDir)} to begin anew`,
  );
}

/** In the data directory; where the database's account cannot get there, under a folder named after the directory. */
async function placeFor(dataDir: string, user: SystemUser | undefined): Promise<string> {
  if (await canEnter(user, dataDir)) return 'postgres';
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return join(await reachableFolder(), hash, 'postgres');
}

/** For files that root keeps for another account. */
async function reachableFolder(): Promise<string> {
  for (const parent of ['/var/lib', '/var/tmp']) {
    const folder = join(parent, 'watchfloor');
    const made = await mkdir(folder, { recursive: true })
      .then(() => chmod(folder, 0o755))
      .then(
        () => true,
        () => false,
      );
    if (made) return folder;
  }
  throw new Error('neither /var/lib nor /var/tmp can be written; set DATABASE_URL, or start as an ordinary user');
}

/** A cluster without its data directory: somebody removed that to begin anew. Their data is kept, out of the way. */
async function setAside(cluster: string, notes: string[]): Promise<void> {
  if (!existsSync(join(cluster, 'PG_VERSION'))) return;
  const running = runningPostmaster(cluster);
  if (running !== undefined) await stopPostmaster(running);
  const aside = `${cluster}.${new Date()
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14)}`;
  await rename(cluster, aside);
  notes.push(`The password of an earlier database is gone; it was moved to ${basename(aside)} beside the new one`);
}

async function readPointer(dataDir: string): Promise<Pointer | undefined> {
  try {
    return JSON.parse(await readFile(pointerIn(dataDir), 'utf8')) as Pointer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${pointerIn(dataDir)} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function writePointer(dataDir: string, pointer: Pointer): Promise<void> {
  const next = `${pointerIn(dataDir)}.${process.pid}`;
  await writeFile(next, `${JSON.stringify(pointer, undefined, 2)}\n`, { mode: 0o600 });
  await rename(next, pointerIn(dataDir));
}

function pointerIn(dataDir: string): string {
  return join(dataDir, 'postgres.json');
}
