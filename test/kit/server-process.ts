import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stopEmbedded } from '../../apps/api/src/platform/database/embedded/embedded-postgres.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const serverFlags = JSON.parse(readFileSync(join(root, 'scripts/parts/server-flags.json'), 'utf8')) as string[];

export const admin = { email: 'admin@watchfloor.test', password: 'a-long-test-password' };
export const ingestKey = 'wfk_test_0123456789abcdefghijklmnopqrstuvwxyz';

/** The built server as a process of its own, on a port and a data directory of its own, which can be killed and started again. */
export class ServerProcess {
  readonly url: string;
  private child: ChildProcess | undefined;
  private output = '';

  private readonly port: number;
  private readonly dataDir: string;
  private readonly environment: Readonly<Record<string, string>>;

  private constructor(port: number, dataDir: string, environment: Readonly<Record<string, string>>) {
    this.port = port;
    this.dataDir = dataDir;
    this.environment = environment;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async on(dataDir: string, environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    return new ServerProcess(await freePort(), dataDir, environment);
  }

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error('the server does not run');
    return this.child.pid;
  }

  /** Starts and waits until it says that it is ready. @throws Error with its output after `timeoutMs` */
  async start(timeoutMs = 60_000): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, [...serverFlags, join(root, 'apps/api/dist/main.js')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...foreignEnvironment(),
        PORT: String(this.port),
        WATCHFLOOR_DATA_DIR: this.dataDir,
        WATCHFLOOR_ADMIN_EMAIL: admin.email,
        WATCHFLOOR_ADMIN_PASSWORD: admin.password,
        WATCHFLOOR_INGEST_KEY: ingestKey,
        LOG_LEVEL: 'warn',
        ...this.environment,
      },
    });
    child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child = child;
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${this.output}`);
      if (await this.isReady()) return;
      await sleep(50);
    }
    throw new Error(`the server was not ready in ${timeoutMs} ms:\n${this.output}`);
  }

  async isReady(): Promise<boolean> {
    try {
      const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(1_000) });
      return answer.ok;
    } catch {
      return false;
    }
  }

  /** What the server has printed since its last start. */
  get said(): string {
    return this.output;
  }

  /** `kill -9`, and waits until the process is gone. An embedded PostgreSQL stays behind, as after a real crash. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Stops the server, and an embedded PostgreSQL that an earlier kill left behind. */
  async stopAll(): Promise<void> {
    await this.stop();
    await stopEmbedded(this.dataDir);
  }

  /** `kill -9` of the postmaster of the embedded PostgreSQL; its children notice and end. */
  async killDatabase(): Promise<void> {
    const pointer = JSON.parse(await readFile(join(this.dataDir, 'postgres.json'), 'utf8')) as { cluster: string };
    const lock = await findLock(resolve(this.dataDir, pointer.cluster));
    process.kill(Number(lock.split('\n')[0]), 'SIGKILL');
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}

/** The environment of the tests, without settings of ours: the server refuses those that it does not know. */
function foreignEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WATCHFLOOR_')));
}

async function findLock(cluster: string): Promise<string> {
  return readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() =>
    readFile(join(cluster, 'data', 'postmaster.pid'), 'utf8'),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
