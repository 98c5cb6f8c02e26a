import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check } from './check.ts';
import type { Findings } from './check.ts';
import { sendUntil } from './load.ts';
import { ServerProcess } from '../kit/server-process.ts';

export interface KillOptions {
  /** How often something is killed: the server in odd rounds, PostgreSQL (with the server after it) in even ones. */
  readonly cycles: number;
  readonly clients: number;
  readonly say: (line: string) => void;
}

/** Kills the server and its PostgreSQL over and over under load, then compares what is stored with the clients' own logs. */
export async function killUnderLoad({ cycles, clients, say }: KillOptions): Promise<Findings> {
  const dataDir = await mkdtemp(join(tmpdir(), 'watchfloor-kill-'));
  const server = await ServerProcess.on(dataDir);
  await server.start();
  const stop = new AbortController();
  const sending = Array.from({ length: clients }, (_, client) => sendUntil(server.url, client, stop.signal));
  try {
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      await sleep(700 + ((cycle * 373) % 900));
      const isDatabaseToo = cycle % 2 === 0;
      if (isDatabaseToo) {
        await server.killDatabase();
        await sleep(300);
      }
      await server.kill();
      await server.start();
      say(
        `${String(cycle)}/${String(cycles)} ${isDatabaseToo ? 'PostgreSQL, then the server' : 'server'} killed, back again`,
      );
    }
    await sleep(1_000);
    stop.abort();
    const logs = await Promise.all(sending);
    return await check(server.url, logs);
  } finally {
    stop.abort();
    await Promise.allSettled(sending);
    await server.stopAll();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Whether nothing acknowledged was lost, doubled, reordered or invented. */
export function isClean(findings: Findings): boolean {
  const { acknowledged, stored, ...faults } = findings;
  return acknowledged > 0 && stored >= acknowledged && Object.values(faults).every((count) => count === 0);
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) {
  const cycles = Number(process.argv[2] ?? 20);
  const findings = await killUnderLoad({ cycles, clients: 8, say: (line) => void process.stderr.write(`${line}\n`) });
  process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  process.exitCode = isClean(findings) ? 0 : 1;
}
