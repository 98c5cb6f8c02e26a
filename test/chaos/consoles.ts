import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ServedEntry } from '@watchfloor/contracts';
import { accessEntryKinds, isReadable } from '@watchfloor/contracts';
import { ConsoleClient } from '../kit/console-client.ts';
import { ServerProcess } from '../kit/server-process.ts';
import { adding, addReviewer, predicting, readRecord, signInAdmin } from './floor-traffic.ts';

export interface SwarmOptions {
  readonly consoles: number;
  /** Broken lines in all, spread over the run. */
  readonly disconnects: number;
  /** The server is killed (odd) or stopped (even) so often and started again. */
  readonly restarts: number;
  /** Seconds of traffic at least. */
  readonly seconds: number;
  readonly say: (line: string) => void;
}

/** What the consoles hold, compared with the record as the administrator reads it. All zero from `missed` on is a pass. */
export interface SwarmFindings {
  entries: number;
  pushed: number;
  caughtUp: number;
  connects: number;
  missed: number;
  doubled: number;
  outOfOrder: number;
  different: number;
  /** Entries about access that a console of a reviewer could read. */
  leaked: number;
  /** Answers that the console's own catch-up found wrong. */
  faults: number;
}

const settleMs = 30_000;

/** P5: consoles that lose their lines, and a server that goes down over and over; in the end everybody has every entry once. */
export async function swarm({
  consoles: count,
  disconnects,
  restarts,
  seconds,
  say,
}: SwarmOptions): Promise<SwarmFindings> {
  const dataDir = await mkdtemp(join(tmpdir(), 'watchfloor-swarm-'));
  const server = await ServerProcess.on(dataDir);
  const stop = new AbortController();
  const consoles: ConsoleClient[] = [];
  let traffic: Promise<void>[] = [];
  try {
    await server.start();
    const admin = await signInAdmin(server.url);
    const reviewer = await addReviewer(server.url, admin);
    traffic = [
      adding(server.url, admin, stop.signal),
      predicting(server.url, 0, stop.signal),
      predicting(server.url, 1, stop.signal),
    ];
    for (let index = 0; index < count; index += 1) {
      const retryMs = () => 20 + Math.random() * 400;
      consoles.push(new ConsoleClient({ url: server.url, cookie: index % 2 === 0 ? admin : reviewer, retryMs }));
    }
    const breaking = breakLines(consoles, disconnects, seconds * 1_000);
    await restartOver(server, restarts, seconds * 1_000, say);
    await breaking;

    stop.abort();
    await Promise.allSettled(traffic);
    const record = await settled(server.url, admin, consoles);
    return compare(record, consoles);
  } finally {
    stop.abort();
    await Promise.allSettled(traffic);
    for (const console of consoles) console.close();
    await server.stopAll();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function breakLines(consoles: readonly ConsoleClient[], disconnects: number, overMs: number): Promise<void> {
  for (let left = disconnects; left > 0; left -= 1) {
    consoles[Math.floor(Math.random() * consoles.length)]?.drop();
    await sleep(overMs / disconnects);
  }
}

async function restartOver(
  server: ServerProcess,
  restarts: number,
  overMs: number,
  say: (line: string) => void,
): Promise<void> {
  const until = Date.now() + overMs;
  for (let restart = 1; restart <= restarts; restart += 1) {
    await sleep(Math.max(500, (until - Date.now()) / (restarts - restart + 2)));
    await (restart % 2 === 0 ? server.stop() : server.kill());
    await server.start();
    say(`${restart}/${restarts} restarts`);
  }
  await sleep(Math.max(0, until - Date.now()));
}

/** @returns the whole record, once every console has come up to its head or has had ample time to */
async function settled(url: string, cookie: string, consoles: readonly ConsoleClient[]): Promise<ServedEntry[]> {
  const deadline = Date.now() + settleMs;
  for (;;) {
    const record = await readRecord(url, cookie);
    if (consoles.every(({ cursor }) => cursor === record.length) || Date.now() > deadline) return record;
    await sleep(200);
  }
}

function compare(record: readonly ServedEntry[], consoles: readonly ConsoleClient[]): SwarmFindings {
  const findings: SwarmFindings = {
    entries: record.length,
    pushed: 0,
    caughtUp: 0,
    connects: 0,
    missed: 0,
    doubled: 0,
    outOfOrder: 0,
    different: 0,
    leaked: 0,
    faults: 0,
  };
  consoles.forEach(({ taken, story, faults }, index) => {
    const numbers = taken.map(({ number }) => number);
    const held = new Set(numbers);
    findings.pushed += story.pushed;
    findings.caughtUp += story.caughtUp;
    findings.connects += story.connects;
    findings.doubled += numbers.length - held.size;
    findings.missed += record.filter(({ number }) => !held.has(number)).length;
    findings.outOfOrder += numbers.filter((number, at) => number !== (numbers[at - 1] ?? 0) + 1).length;
    findings.different += taken.filter((entry) => !isSame(entry, record[entry.number - 1], index % 2 === 0)).length;
    findings.leaked +=
      index % 2 === 0 ? 0 : taken.filter(isReadable).filter(({ kind }) => accessEntryKinds.has(kind)).length;
    findings.faults += faults.length;
  });
  return findings;
}

/** A console holds what the record has; of entries that its person may not read, the number alone. */
function isSame(held: ServedEntry, kept: ServedEntry | undefined, mayReadAll: boolean): boolean {
  if (kept === undefined || !isReadable(kept)) return false;
  if (!mayReadAll && accessEntryKinds.has(kept.kind)) return !isReadable(held);
  return JSON.stringify(held) === JSON.stringify(kept);
}

/** Whether every console has every entry, once, in order, and nothing that it may not see. */
export function isWhole({ entries, pushed, caughtUp, connects, ...faults }: SwarmFindings): boolean {
  return (
    entries > 0 && pushed > 0 && caughtUp > 0 && connects > 0 && Object.values(faults).every((count) => count === 0)
  );
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: {
      consoles: { type: 'string', default: '20' },
      disconnects: { type: 'string', default: '200' },
      restarts: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '60' },
    },
  });
  const findings = await swarm({
    consoles: Number(values.consoles),
    disconnects: Number(values.disconnects),
    restarts: Number(values.restarts),
    seconds: Number(values.seconds),
    say: (line) => void process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  process.exitCode = isWhole(findings) ? 0 : 1;
}
