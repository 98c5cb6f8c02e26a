import type { ClientToServer, RecordPage, ServedEntry, ServerToClient } from '@watchfloor/contracts';
import { liveNamespace } from '@watchfloor/contracts';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { catchUp } from '../../apps/console/src/live/catch-up.ts';

export interface ConsoleOptions {
  /** The server's address, without a slash at the end. */
  readonly url: string;
  /** For the `cookie` header. */
  readonly cookie: string;
  /** How long to stay away after a broken line, in milliseconds; asked anew each time. Default 50. */
  readonly retryMs?: () => number;
}

/** What a console went through. */
export interface ConsoleStory {
  pushed: number;
  caughtUp: number;
  /** Pushed again though already taken, as after a catch-up that was faster; a console leaves them out. */
  repeats: number;
  connects: number;
  refusals: number;
}

const requestTimeoutMs = 10_000;

/**
 * A console without a screen: a socket, a cursor in the record, and the console's own catch-up over HTTP. What it takes in is
 * kept in the order of taking, so that a test can compare it with the record.
 */
export class ConsoleClient {
  readonly taken: ServedEntry[] = [];
  /** What the console's own rules found wrong with the server's answers. */
  readonly faults: string[] = [];
  readonly story: ConsoleStory = { pushed: 0, caughtUp: 0, repeats: 0, connects: 0, refusals: 0 };
  cursor = 0;
  head = 0;
  private isBusy = false;
  private isClosed = false;
  private retry: NodeJS.Timeout | undefined;
  private readonly socket: Socket<ServerToClient, ClientToServer>;
  private readonly options: ConsoleOptions;

  constructor(options: ConsoleOptions) {
    this.options = options;
    this.socket = io(options.url + liveNamespace, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: 5_000,
      extraHeaders: { cookie: options.cookie },
    });
    this.socket.on('connect', () => (this.story.connects += 1));
    this.socket.on('hello', ({ head }) => this.reach(head));
    this.socket.on('entry', (entry) => this.hear(entry));
    this.socket.on('disconnect', () => this.comeBack());
    this.socket.on('connect_error', () => {
      this.story.refusals += 1;
      this.comeBack();
    });
  }

  /** Breaks the line as a dying network does: no farewell, the connection is just gone. */
  drop(): void {
    const { transport } = this.socket.io.engine as unknown as { transport: { ws?: { terminate(): void } } };
    transport.ws?.terminate();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    this.socket.close();
  }

  private comeBack(): void {
    clearTimeout(this.retry);
    if (this.isClosed) return;
    this.retry = setTimeout(() => this.socket.connect(), this.options.retryMs?.() ?? 50);
  }

  private hear(entry: ServedEntry): void {
    this.head = Math.max(this.head, entry.number);
    if (!this.isBusy && entry.number === this.cursor + 1) {
      this.take([entry]);
      this.story.pushed += 1;
      return;
    }
    if (entry.number <= this.cursor) this.story.repeats += 1;
    void this.settle();
  }

  private reach(head: number): void {
    this.head = Math.max(this.head, head);
    void this.settle();
  }

  /** Closes the gap up to the head; what fails is tried again at the next hello. */
  private async settle(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (this.cursor < this.head && !this.isClosed) {
        await catchUp(
          this.cursor,
          (after, limit) => this.fetchRecord(after, limit),
          (entries) => {
            this.story.caughtUp += entries.length;
            this.take(entries);
          },
        );
      }
    } catch (error) {
      if (error instanceof RangeError) this.faults.push(error.message);
    } finally {
      this.isBusy = false;
    }
  }

  private take(entries: readonly ServedEntry[]): void {
    this.taken.push(...entries);
    this.cursor = entries.at(-1)?.number ?? this.cursor;
  }

  private async fetchRecord(after: number, limit: number): Promise<RecordPage> {
    const answer = await fetch(`${this.options.url}/api/v1/record?after=${after}&limit=${limit}`, {
      headers: { cookie: this.options.cookie },
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    if (!answer.ok) throw new Error(`the record answered ${answer.status}`);
    return (await answer.json()) as RecordPage;
  }
}
