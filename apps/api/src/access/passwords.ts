import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import type { Refusal } from '@watchfloor/contracts';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { Turnstile } from './turnstile.ts';

/**
 * 64 MiB and three passes: about 70 ms of one core. The library's own variant is argon2id.
 *
 * @see RFC 9106, section 4, the second recommended option, here with one lane
 */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };

/** At most half of the cores, and half of Node's four worker threads: the rest goes on serving. */
const atOnce = Math.min(2, Math.max(1, Math.floor(availableParallelism() / 2)));
/** The last in line waits for about four seconds. */
const mayWait = 64;

/** Makes and checks password hashes (argon2id), a few at a time, so that a storm of sign-ins cannot starve the server. */
@Injectable()
export class Passwords {
  private readonly turnstile = new Turnstile(atOnce, mayWait);
  private decoy: Promise<string> | undefined;

  async hash(password: string): Promise<string | Refusal> {
    return this.turnstile.pass(() => hash(password, cost));
  }

  /**
   * @param kept the hash on file; null where there is none, which takes as long and is never right, so that nobody learns
   * from the time which accounts exist
   */
  async isRight(password: string, kept: string | null): Promise<boolean | Refusal> {
    return this.turnstile.pass(async () => {
      this.decoy ??= hash('nobody has this password', cost);
      const isRight = await verify(kept ?? (await this.decoy), password);
      return isRight && kept !== null;
    });
  }

  /** Whether a hash on file was made with another cost than today's. */
  isOutdated(kept: string): boolean {
    const { memoryCost, timeCost, parallelism } = parseOptions(kept);
    return memoryCost !== cost.memoryCost || timeCost !== cost.timeCost || parallelism !== cost.parallelism;
  }
}
