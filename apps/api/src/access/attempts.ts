import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { Work } from '../platform/database/work.ts';
import { refuse } from '../platform/http/refused.ts';
import { every } from './every.ts';
import { emailKey } from './people.store.ts';
import { SignInStore } from './sign-in.store.ts';

/**
 * Wrong attempts within a quarter of an hour. A pair is one account from one address: a stranger who tries an account
 * does not lock its owner out. The others hold against many addresses, and against many accounts.
 */
const most = { pair: 10, account: 50, address: 100 } as const;

const sweepMs = 60_000;

/** How often somebody may try a password. Counted before the password is looked at, so that a hundred at once count, too. */
@Injectable()
export class Attempts implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Attempts');
  private stop: () => Promise<void> = async () => undefined;

  constructor(
    private readonly work: Work,
    private readonly store: SignInStore,
  ) {}

  onApplicationBootstrap(): void {
    const sweep = () => this.work.run((tx) => this.store.sweepAttempts(tx));
    this.stop = every(sweepMs, sweep, (error) => this.logger.warn(error));
  }

  onModuleDestroy(): Promise<void> {
    return this.stop();
  }

  /**
   * Counts one more attempt.
   *
   * @throws Refused `too-many-attempts`, whether or not there is such an account
   */
  async count(email: string, address: string): Promise<void> {
    const waitSeconds = await this.work.run(async (tx) => {
      for (const [kind, subject] of subjectsOf(email, address)) {
        const { attempts, secondsLeft } = await this.store.count(tx, subject);
        // The rest is not counted: an address that tries on and on must not fill the table with made-up accounts.
        if (attempts > most[kind]) return secondsLeft;
      }
      return undefined;
    });
    if (waitSeconds === undefined) return;
    const minutes = Math.ceil(waitSeconds / 60);
    refuse('too-many-attempts', `too many attempts; try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`, {
      retryAfterSeconds: waitSeconds,
    });
  }

  /** The attempt was right, so it was none; the account starts anew. */
  async forgive(email: string, address: string): Promise<void> {
    await this.work.run(async (tx) => {
      for (const [kind, subject] of subjectsOf(email, address)) {
        await (kind === 'address' ? this.store.forgive(tx, subject) : this.store.clear(tx, subject));
      }
    });
  }
}

/** Always in this order, so that two attempts at once cannot wait for each other. Addresses of people are not kept in the clear. */
function subjectsOf(email: string, address: string): readonly [keyof typeof most, string][] {
  const account = createHash('sha256').update(emailKey(email)).digest('base64url');
  const network = networkOf(address);
  return [
    ['address', `address:${network}`],
    ['pair', `pair:${account}:${network}`],
    ['account', `account:${account}`],
  ];
}

/** The address; of IPv6 the /64, since whoever has one address there has them all. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [plain = ''] = address.split('%', 1);
  if (!isIPv6(plain)) return address;
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  const parts = [...front, ...middle, ...back].slice(0, 4);
  return `${parts.map((part) => Number.parseInt(part, 16).toString(16)).join(':')}::/64`;
}
