import type { Outcome, Prediction } from '@watchfloor/contracts';
import { machine } from './environment.ts';
import type { ClientOptions, Counts, Environment } from './options.ts';
import { ClientClosed, QueueFull } from './options.ts';
import { post } from './request.ts';
import type { Reply } from './request.ts';
import { retryDelayMs } from './retry-delay.ts';

const encoder = new TextEncoder();
const defaults = {
  batchItems: 500,
  batchBytes: 1024 * 1024,
  batchWaitMs: 20,
  queueItems: 20_000,
  whenFull: 'wait' as ClientOptions['whenFull'],
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
  private readonly environment: Environment;
  /** Aborted when there is no more time for anything. */
  private readonly end = new AbortController();
  private shipping: Promise<void> | undefined;
  private isHurried = false;
  private isClosed = false;
  private faults: unknown[] = [];
  private wakeForRoom: (() => void)[] = [];

  constructor(path: string, options: ClientOptions, environment: Environment = machine) {
    // An option given as undefined is an option not given.
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    this.options = { ...defaults, ...(given as unknown as ClientOptions) } as ClientOptions & typeof defaults;
    this.address = `${options.url.replace(/\/+$/, '')}/api/v1${path}`;
    this.environment = environment;
  }

  get counts(): Counts {
    return { ...this.counted };
  }

  /**
   * Queues an item; resolves when it has its place.
   *
   * @throws ClientClosed after `close`, and QueueFull where a full queue is to reject
   */
  async add(item: Prediction | Outcome): Promise<void> {
    const text = JSON.stringify(item);
    while (!this.isClosed && this.queue.length >= this.options.queueItems) {
      if (this.options.whenFull !== 'wait') this.counted.dropped += 1;
      if (this.options.whenFull === 'drop') return;
      if (this.options.whenFull === 'reject') throw new QueueFull(`${this.options.queueItems} items wait already`);
      await new Promise<void>((resolve) => this.wakeForRoom.push(resolve));
    }
    if (this.isClosed) throw new ClientClosed('this client is closed');
    this.queue.push({ item, text, bytes: encoder.encode(text).length + 1 });
    this.shipping ??= this.ship();
  }

  /**
   * Sends what waits without waiting for company; resolves when every queued item has its answer or was given up.
   *
   * @throws whatever a callback has thrown since the last time
   */
  async flush(): Promise<void> {
    this.isHurried = true;
    while (this.shipping !== undefined) await this.shipping;
    this.isHurried = false;
    const [fault] = this.faults.splice(0);
    if (fault !== undefined)
      throw fault instanceof Error ? fault : new Error('a callback has thrown', { cause: fault });
  }

  /** Takes nothing more and flushes; what is not answered by the time of `deadline` is counted as lost. */
  async close(deadline: AbortSignal): Promise<void> {
    this.isClosed = true;
    for (const wake of this.wakeForRoom.splice(0)) wake();
    deadline.addEventListener('abort', () => this.end.abort());
    if (deadline.aborted) this.end.abort();
    await this.flush();
  }

  private async ship(): Promise<void> {
    while (this.queue.length > 0) {
      if (this.queue.length < this.options.batchItems && !this.isHurried) {
        await this.environment.wait(this.options.batchWaitMs, this.end.signal);
      }
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
    const { options, environment, end } = this;
    const body = batch.map(({ text }) => text).join('\n');
    const giveUpAtMs = environment.nowMs() + options.giveUpAfterMs;
    let reason = 'closed before it was sent';
    for (let tries = 1; !end.signal.aborted; tries += 1) {
      const reply = await post(this.address, options.key, body, { timeoutMs: options.timeoutMs, signal: end.signal });
      if (reply.kind === 'report') {
        this.count(batch, reply);
        return;
      }
      reason = reply.reason;
      if (reply.kind === 'never') break;
      const delayMs = retryDelayMs(tries, reply.retryAfterSeconds, environment.chance());
      if (environment.nowMs() + delayMs > giveUpAtMs) break;
      await environment.wait(delayMs, end.signal);
    }
    this.counted.lost += batch.length;
    this.tell(() =>
      options.onLost?.(
        batch.map(({ item }) => item),
        reason,
      ),
    );
  }

  private count(batch: readonly Waiting[], { report }: Reply & { kind: 'report' }): void {
    this.counted.accepted += report.accepted;
    this.counted.duplicates += report.duplicates;
    this.counted.rejected += report.rejected.length;
    for (const rejection of report.rejected) {
      const waiting = batch[rejection.index];
      if (waiting !== undefined) this.tell(() => this.options.onRejected?.(waiting.item, rejection));
    }
  }

  /** A callback that throws must not stop the line. */
  private tell(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.faults.push(error);
    }
  }
}
