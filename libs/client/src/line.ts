import type { Outcome, Prediction } from '@watchfloor/contracts';
import type { ClientOptions, Counts } from './options.ts';
import { post } from './request.ts';
import type { Reply } from './request.ts';
import { retryDelayMs } from './retry-delay.ts';

const encoder = new TextEncoder();
const defaults = {
  batchItems: 500,
  batchBytes: 1024 * 1024,
  batchWaitMs: 20,
  queueItems: 20_000,
  whenFull: 'wait',
  timeoutMs: 10_000,
  giveUpAfterMs: 300_000,
} as const;

interface Waiting {
  readonly item: Prediction | Outcome;
  readonly text: string;
  readonly bytes: number;
}

/** One ordered queue to one route: a single request in flight, so that the order of a stream is kept. */
export class Line {
  private readonly counted = { accepted: 0, duplicates: 0, rejected: 0, dropped: 0, lost: 0 };
  private readonly queue: Waiting[] = [];
  private readonly options: ClientOptions & typeof defaults;
  private readonly address: string;
  private shipping: Promise<void> | undefined;
  private isHurried = false;
  private wakeForRoom: (() => void)[] = [];

  constructor(path: string, options: ClientOptions) {
    // An option given as undefined is an option not given.
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    this.options = { ...defaults, ...(given as unknown as ClientOptions) } as ClientOptions & typeof defaults;
    this.address = `${options.url.replace(/\/+$/, '')}/api/v1${path}`;
  }

  get counts(): Counts {
    return { ...this.counted };
  }

  /** Queues an item; resolves when it has its place. With `whenFull: 'drop'` a full queue leaves the item out. */
  async add(item: Prediction | Outcome): Promise<void> {
    while (this.queue.length >= this.options.queueItems) {
      if ((this.options.whenFull as string) === 'drop') {
        this.counted.dropped += 1;
        return;
      }
      await new Promise<void>((resolve) => this.wakeForRoom.push(resolve));
    }
    const text = JSON.stringify(item);
    this.queue.push({ item, text, bytes: encoder.encode(text).length + 1 });
    this.shipping ??= this.ship();
  }

  /** Sends what waits without waiting for company; resolves when every queued item has its answer or was given up. */
  async flush(): Promise<void> {
    this.isHurried = true;
    while (this.shipping !== undefined) await this.shipping;
    this.isHurried = false;
  }

  private async ship(): Promise<void> {
    while (this.queue.length > 0) {
      if (this.queue.length < this.options.batchItems && !this.isHurried) await wait(this.options.batchWaitMs);
      const batch = this.takeBatch();
      for (const wake of this.wakeForRoom.splice(0)) wake();
      await this.deliver(batch);
    }
    this.shipping = undefined;
  }

  private takeBatch(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of this.queue) {
      bytes += waiting.bytes;
      if (count > 0 && (bytes > this.options.batchBytes || count >= this.options.batchItems)) break;
      count += 1;
    }
    return this.queue.splice(0, count);
  }

  private async deliver(batch: readonly Waiting[]): Promise<void> {
    const body = batch.map(({ text }) => text).join('\n');
    const giveUpAt = Date.now() + this.options.giveUpAfterMs;
    for (let tries = 1; ; tries += 1) {
      const reply = await post(this.address, this.options.key, body, this.options.timeoutMs);
      if (reply.kind === 'report') {
        this.count(batch, reply);
        return;
      }
      const delayMs = reply.kind === 'again' ? retryDelayMs(tries, reply.retryAfterSeconds, Math.random()) : 0;
      if (reply.kind === 'never' || Date.now() + delayMs > giveUpAt) {
        this.counted.lost += batch.length;
        this.options.onLost?.(
          batch.map(({ item }) => item),
          reply.reason,
        );
        return;
      }
      await wait(delayMs);
    }
  }

  private count(batch: readonly Waiting[], { report }: Reply & { kind: 'report' }): void {
    this.counted.accepted += report.accepted;
    this.counted.duplicates += report.duplicates;
    this.counted.rejected += report.rejected.length;
    for (const rejection of report.rejected) {
      const waiting = batch[rejection.index];
      if (waiting !== undefined) this.options.onRejected?.(waiting.item, rejection);
    }
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
