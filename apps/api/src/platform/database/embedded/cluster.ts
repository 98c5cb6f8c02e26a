import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Binaries } from './binaries.ts';
import { freePort } from './free-port.ts';
import type { Postmaster } from './postmaster.ts';
import { isAlive, removeStaleLock, runningPostmaster, stopPostmaster } from './postmaster.ts';
import type { SystemUser } from './system-user.ts';
import { accountOf } from './system-user.ts';

/** A database cluster on this machine and what it takes to run it. */
export interface Cluster {
  /** Its data directory. */
  readonly folder: string;
  readonly binaries: Binaries;
  readonly user: SystemUser | undefined;
  readonly password: string;
  /** False only where the data may be lost with the machine: in tests. */
  readonly isDurable: boolean;
}

const superuser = 'watchfloor';
const database = 'watchfloor';
const host = '127.0.0.1';
const startAttempts = 5;

/** A password for a new cluster. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

export function urlOf(cluster: Cluster, port: number, name = database): string {
  return `postgres://${superuser}:${cluster.password}@${host}:${port}/${name}`;
}

/** Makes the cluster if there is none yet. A half-made one, left by an interrupted start, is made anew. */
export async function makeCluster(cluster: Cluster): Promise<void> {
  if (existsSync(join(cluster.folder, 'PG_VERSION'))) return;
  const unfinished = `${cluster.folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(cluster.folder), { recursive: true });
  await makeOwned(unfinished, cluster.user);
  const passwordFile = join(unfinished, 'password');
  const data = join(unfinished, 'data');
  await writeFile(passwordFile, cluster.password, { mode: 0o600 });
  if (cluster.user !== undefined) await chown(passwordFile, cluster.user.uid, cluster.user.gid);

  const args = ['-D', data, '-U', superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
  if (!cluster.isDurable) args.push('--no-sync');
  await runToEnd(cluster, cluster.binaries.initdb, args, join(unfinished, 'initdb.log'));
  await rm(cluster.folder, { recursive: true, force: true });
  await rename(data, cluster.folder);
  await rm(unfinished, { recursive: true, force: true });
}

/**
 * Starts the cluster's server, or adopts the one that still runs.
 *
 * @param preferredPort taken if it is free, so that addresses stay the same over restarts
 * @throws Error with PostgreSQL's own words when it does not start
 */
export async function startCluster(
  cluster: Cluster,
  preferredPort?: number,
): Promise<Postmaster & { isAdopted: boolean }> {
  const running = runningPostmaster(cluster.folder);
  if (running !== undefined) {
    if (await answersSoon(cluster, running)) return { ...running, isAdopted: true };
    await stopPostmaster(running);
  }
  for (let attempt = 1; ; attempt += 1) {
    await removeStaleLock(cluster.folder);
    const port = await freePort(host, attempt === 1 ? preferredPort : undefined);
    const pid = await launch(cluster, port);
    if (await answersSoon(cluster, { pid, port })) return { pid, port, isAdopted: false };
    // Its processes from before a crash may need a moment to notice that their postmaster is gone.
    if (attempt === startAttempts) throw new Error(`PostgreSQL did not start: ${await lastWords(cluster)}`);
    await stopPostmaster({ pid, port }, 2_000);
    await sleep(attempt * 300);
  }
}

/** Makes the product's database if it is not there yet. */
export async function makeDatabase(cluster: Cluster, port: number, name = database): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, 'postgres'), connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function launch(cluster: Cluster, port: number): Promise<number> {
  const log = await open(logOf(cluster), 'w', 0o600);
  try {
    const settings = Object.entries({ ...serverSettings(cluster), port }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const child = spawn(cluster.binaries.postgres, ['-D', cluster.folder, ...settings], {
      ...accountOf(cluster.user),
      cwd: '/',
      env: { LC_ALL: 'C', PATH: process.env.PATH ?? '' },
      // A group of its own: a terminal's Ctrl-C must reach the server alone, which stops the database last.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('spawn', () => resolve(child.pid ?? 0));
    });
    child.unref();
    return pid;
  } finally {
    await log.close();
  }
}

function serverSettings({ isDurable }: Cluster): Record<string, string | number> {
  const megabytes = totalmem() / 2 ** 20;
  return {
    listen_addresses: host,
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: `${Math.round(Math.min(512, Math.max(32, megabytes / 16)))}MB`,
    max_wal_size: '2GB',
    checkpoint_timeout: '10min',
    wal_compression: 'on',
    wal_level: 'minimal',
    max_wal_senders: 0,
    jit: 'off',
    max_parallel_workers_per_gather: 0,
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    logging_collector: 'on',
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    password_encryption: 'scram-sha-256',
    ...(isDurable
      ? { fsync: 'on', synchronous_commit: 'on' }
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
}

/** Waits for a first connection, for as long as the server process lives; recovery after a crash may take its time. */
async function answersSoon(cluster: Cluster, { pid, port }: Postmaster): Promise<boolean> {
  for (const until = Date.now() + 120_000; isAlive(pid) && Date.now() < until;) {
    const actual = port === 0 ? (runningPostmaster(cluster.folder)?.port ?? 0) : port;
    const answer = await tryConnect(urlOf(cluster, actual, 'postgres'));
    if (answer === 'yes') return true;
    if (answer === 'not-ours') return false;
    await sleep(25);
  }
  return false;
}

async function tryConnect(connectionString: string): Promise<'yes' | 'not-yet' | 'not-ours'> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return 'yes';
  } catch (error) {
    const code = (error as { code?: string }).code;
    return code === '28P01' || code === '28000' ? 'not-ours' : 'not-yet';
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function runToEnd(cluster: Cluster, command: string, args: readonly string[], logPath: string): Promise<void> {
  const log = await open(logPath, 'w', 0o600);
  const child = spawn(command, args, {
    ...accountOf(cluster.user),
    cwd: '/',
    env: { LC_ALL: 'C' },
    stdio: ['ignore', log.fd, log.fd],
    timeout: 120_000,
  });
  const code = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status, signal) => resolve(status ?? signal ?? 'nothing'));
  });
  await log.close();
  if (code !== 0) throw new Error(`PostgreSQL's initdb ended with ${code}: ${await tail(logPath)}`);
}

async function makeOwned(folder: string, user: SystemUser | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
}

/** Beside the cluster, not in it: PostgreSQL's start-up words. What it says while it runs is in `log/` of the cluster. */
function logOf(cluster: Cluster): string {
  return `${cluster.folder}.start.log`;
}

async function lastWords(cluster: Cluster): Promise<string> {
  return (await tail(logOf(cluster))) || (await tail(join(cluster.folder, 'log', `postgresql-${today()}.log`)));
}

function today(): string {
  return new Date().toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' });
}

async function tail(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-6).join(' | ');
}
