import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const admin = { email: 'admin@chaos.watchfloor.test', password: 'chaos-admin-password' };
export const ingestKey = 'wfk_chaos_0123456789abcdefghijklmnopqrstuvwxyz';

/** The built server as a process of its own, on a port and a data directory of its own, which can be killed and started again. */
export class ServerProcess {
  readonly url: string;
  private child: ChildProcess | undefined;
  private output = '';
  private readonly port: number;
  private readonly dataDir: string;

  private constructor(port: number, dataDir: string) {
    this.port = port;
    this.dataDir = dataDir;
    this.url = `http://127.0.0.1:${String(port)}`;
  }

  static async on(dataDir: string): Promise<ServerProcess> {
    return new ServerProcess(await freePort(), dataDir);
  }

  /** Starts and waits until it says that it is ready. @throws Error with its output after `timeoutMs` */
  async start(timeoutMs = 60_000): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'apps/api/dist/main.js')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PORT: String(this.port),
        WATCHFLOOR_DATA_DIR: this.dataDir,
        WATCHFLOOR_ADMIN_EMAIL: admin.email,
        WATCHFLOOR_ADMIN_PASSWORD: admin.password,
        WATCHFLOOR_INGEST_KEY: ingestKey,
        LOG_LEVEL: 'warn',
      },
    });
    child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child = child;
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${String(child.exitCode)}:\n${this.output}`);
      if (await this.isReady()) return;
      await sleep(50);
    }
    throw new Error(`the server was not ready in ${String(timeoutMs)} ms:\n${this.output}`);
  }

  async isReady(): Promise<boolean> {
    try {
      const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(1_000) });
      return answer.ok;
    } catch {
      return false;
    }
  }

  /** `kill -9`, and waits until the process is gone. PostgreSQL stays behind, as after a real crash. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** `kill -9` of every process of the server's PostgreSQL, postmaster first. */
  async killDatabase(): Promise<void> {
    const pid = await this.postmasterPid();
    if (pid === null) throw new Error('no postmaster.pid was found');
    process.kill(pid, 'SIGKILL');
  }

  /** Looks where the embedded cluster keeps its lock file: below the data directory, or where its pointer leads. */
  private async postmasterPid(): Promise<number | null> {
    for (const place of ['postgres', 'postgres/data', 'pgdata', 'database']) {
      try {
        const text = await readFile(join(this.dataDir, place, 'postmaster.pid'), 'utf8');
        return Number(text.split('\n')[0]);
      } catch {
        continue;
      }
    }
    return null;
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
