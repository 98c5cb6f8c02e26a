import type { ClientToServer, Hello, PresenceReport, ServedEntry, ServerToClient, Tick } from '@watchfloor/contracts';
import type { Socket } from 'socket.io-client';
import { retryDelayMs } from './connection.ts';
import type { LineFacts } from './connection.ts';

export type LiveSocket = Socket<ServerToClient, ClientToServer>;

export interface LineHandlers {
  readonly onEntry: (entry: ServedEntry) => void;
  readonly onTick: (tick: Tick) => void;
  readonly onHello: (hello: Hello) => void;
  readonly onPresence: (report: PresenceReport) => void;
  /** The socket is connected anew: subscriptions have to be said again. */
  readonly onUp: () => void;
  /** The server closed the line itself or would not open it: the session may be over. */
  readonly onRefused: () => void;
}

/**
 * Keeps one socket up. It connects again by itself (not by socket.io's own means, which tell nobody when the next
 * attempt is due) and knows the facts that the connection's phase is made of.
 */
export class Line {
  facts: LineFacts = {
    isUp: false,
    downSince: null,
    heardAt: null,
    retryAt: null,
    attempt: 0,
    cause: 'not connected yet',
  };
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private isWanted = false;
  private readonly socket: LiveSocket;
  private readonly now: () => number;
  private readonly handlers: LineHandlers;

  /** @param socket neither connected nor reconnecting by itself */
  constructor(socket: LiveSocket, now: () => number, handlers: LineHandlers) {
    this.socket = socket;
    this.now = now;
    this.handlers = handlers;
    socket.on('connect', () => this.up());
    socket.on('disconnect', (reason) => {
      this.down(wordsOf(reason));
      if (reason === 'io server disconnect') {
        handlers.onRefused();
      }
    });
    socket.on('connect_error', (error) => {
      this.down(wordsOf(error.message));
      if (isRefusal(error)) {
        handlers.onRefused();
      }
    });
    socket.on('entry', (entry) => {
      this.heard();
      handlers.onEntry(entry);
    });
    socket.on('tick', (tick) => {
      this.heard();
      handlers.onTick(tick);
    });
    socket.on('hello', (hello) => {
      this.heard();
      handlers.onHello(hello);
    });
    socket.on('presence', handlers.onPresence);
  }

  open(): void {
    this.isWanted = true;
    this.facts = { ...this.facts, downSince: this.facts.downSince ?? this.now() };
    this.attempt();
  }

  close(): void {
    this.isWanted = false;
    clearTimeout(this.retryTimer);
    this.socket.disconnect();
  }

  /** Tries at once instead of when the next attempt is due. */
  retryNow(): void {
    if (this.isWanted && !this.facts.isUp) {
      this.attempt();
    }
  }

  /** A socket that is up but silent is closed, so that a fresh one gets its chance. */
  startAfresh(): void {
    this.socket.disconnect();
    this.attempt();
  }

  private attempt(): void {
    clearTimeout(this.retryTimer);
    this.facts = { ...this.facts, retryAt: null };
    this.socket.connect();
  }

  private up(): void {
    clearTimeout(this.retryTimer);
    this.facts = { ...this.facts, isUp: true, downSince: null, retryAt: null, attempt: 0 };
    this.heard();
    this.handlers.onUp();
  }

  private heard(): void {
    this.facts = { ...this.facts, heardAt: this.now() };
  }

  private down(cause: string): void {
    const { downSince, attempt } = this.facts;
    const waitMs = retryDelayMs(attempt, Math.random());
    this.facts = {
      ...this.facts,
      isUp: false,
      downSince: downSince ?? this.now(),
      retryAt: this.isWanted ? this.now() + waitMs : null,
      attempt: attempt + 1,
      cause,
    };
    clearTimeout(this.retryTimer);
    if (this.isWanted) {
      this.retryTimer = setTimeout(() => this.attempt(), waitMs);
    }
  }
}

/** The server's own no, as opposed to a line that broke: socket.io gives it a `data` field. */
function isRefusal(error: Error): boolean {
  return 'data' in error && error.data !== undefined;
}

function wordsOf(reason: string): string {
  switch (reason) {
    case 'io server disconnect':
      return 'the server closed the line';
    case 'io client disconnect':
      return 'closed here';
    case 'ping timeout':
    case 'timeout':
      return 'no answer in time';
    case 'transport close':
    case 'transport error':
      return 'the line broke';
    case 'websocket error':
    case 'xhr poll error':
      return 'the server cannot be reached';
    default:
      return reason;
  }
}
