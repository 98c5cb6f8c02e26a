import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

const patienceMs = 2_000;

/** @returns why the room cannot serve just now; undefined when it can */
type Check = () => Promise<string | undefined>;

/** Whether this server can do its work: every room may say why not. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, Check>();

  /** Adds a room's check; without an answer within two seconds it counts as failed. */
  expect(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  /** @returns the reasons against it by the check's name; empty when the server is ready */
  async reasonsAgainst(): Promise<Readonly<Record<string, string>>> {
    const answers = await Promise.all([...this.checks].map(async ([name, check]) => [name, await ask(check)] as const));
    return Object.fromEntries(answers.flatMap(([name, reason]) => (reason === undefined ? [] : [[name, reason]])));
  }
}

async function ask(check: Check): Promise<string | undefined> {
  const patience = new AbortController();
  const silence = sleep(patienceMs, `no answer within ${patienceMs} ms`, { signal: patience.signal });
  try {
    return await Promise.race([check(), silence]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    patience.abort();
    silence.catch(() => undefined);
  }
}
