import type { Hello, PresenceReport, Subscription, Tick } from '@watchfloor/contracts';
import { connectionAt } from './connection.ts';
import type { Connection } from './connection.ts';
import { Line } from './line.ts';
import type { LiveSocket } from './line.ts';
import { Pump } from './pump.ts';
import { TickRing } from './rings.ts';
import { LiveStore } from './store.ts';
import type { Asking } from './store.ts';

export interface LiveOptions extends Asking {
  readonly socket: LiveSocket;
  /** The server would not have us: time to ask whether we are still signed in. */
  readonly onRefused: () => void;
}

const beatMs = 500;
/** Counts in doubt are asked for at most this often. */
const recountMs = 3_000;

/** The console's one live line: socket, state and rings, with a painter's clock for those that show them. */
export class Live {
  readonly store: LiveStore;
  readonly pump = new Pump();
  readonly line: Line;
  connection: Connection = { phase: 'connecting' };
  people: PresenceReport['people'] = [];
  /** The server now runs another build than the one this page came from: its chunks may be gone. */
  isOutdated = false;
  private build: string | undefined;
  /** The server's clock minus ours, in milliseconds. */
  skewMs = 0;
  /** Since when the picture is held; entries and ticks go on coming in behind it. */
  frozenAt: number | null = null;
  private readonly heldTicks = new Map<string, Tick | undefined>();
  private readonly socket: LiveSocket;
  private readonly rings = new Map<string, TickRing>();
  private readonly tickListeners = new Map<string, Set<() => void>>();
  private readonly connectionListeners = new Set<() => void>();
  private readonly wanted = new Map<string, number>();
  private beat: ReturnType<typeof setInterval> | undefined;
  private recountedAt = 0;
  private answeredDoubts = 0;

  constructor(options: LiveOptions) {
    this.socket = options.socket;
    this.store = new LiveStore(options);
    this.line = new Line(options.socket, Date.now, {
      onEntry: (entry) => this.store.takeEntry(entry),
      onHello: (hello) => this.greet(hello),
      onTick: (tick) => {
        if (this.ring(tick.stream).push(tick)) {
          this.tellTick(tick.stream);
        }
      },
      onPresence: (report) => {
        this.people = report.people;
        this.tellConnection();
      },
      onUp: () => {
        this.say('subscribe', [...this.wanted.keys()]);
        this.look();
      },
      onRefused: options.onRefused,
    });
  }

  start(): void {
    this.line.open();
    this.beat ??= setInterval(() => this.look(), beatMs);
  }

  stop(): void {
    clearInterval(this.beat);
    this.beat = undefined;
    this.line.close();
  }

  /** Wakes the line at once: the Retry button, a page that comes back into view, a network that returns. */
  retry = (): void => {
    if (this.connection.phase === 'offline' && this.line.facts.isUp) {
      this.line.startAfresh();
    } else {
      this.line.retryNow();
    }
    this.look();
  };

  /** The server's time, as well as it is known. */
  now = (): number => Date.now() + this.skewMs;

  ring(stream: string): TickRing {
    let ring = this.rings.get(stream);
    if (ring === undefined) {
      ring = new TickRing();
      this.rings.set(stream, ring);
    }
    return ring;
  }

  /** What the server had of a stream while this console did not listen: no spark starts empty, or keeps a gap. */
  fill(stream: string, recent: readonly Tick[]): void {
    if (this.ring(stream).fill(recent)) {
      this.tellTick(stream);
    }
  }

  /** Calls the listener in a frame after new ticks of the stream came. */
  onTick(stream: string, listener: () => void): () => void {
    const listeners = this.tickListeners.get(stream) ?? new Set();
    this.tickListeners.set(stream, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      this.pump.drop(listener);
    };
  }

  onConnection = (listener: () => void): (() => void) => {
    this.connectionListeners.add(listener);
    return () => this.connectionListeners.delete(listener);
  };

  /** Asks for the ticks of streams (`*` for all) until the returned function is called. */
  want(streams: readonly string[]): () => void {
    for (const stream of streams) {
      this.wanted.set(stream, (this.wanted.get(stream) ?? 0) + 1);
    }
    this.say('subscribe', streams);
    return () => {
      const left = streams.filter((stream) => {
        const count = (this.wanted.get(stream) ?? 1) - 1;
        this.wanted.set(stream, count);
        return count === 0 && this.wanted.delete(stream);
      });
      this.say('unsubscribe', left);
    };
  }

  /** Holds the picture of ticks still, or lets it go on. */
  freeze(isFrozen: boolean): void {
    this.frozenAt = isFrozen ? this.now() : null;
    this.heldTicks.clear();
    for (const [stream, ring] of this.rings) {
      if (isFrozen) {
        this.heldTicks.set(stream, ring.latest);
      } else {
        this.tellTick(stream);
      }
    }
    this.tellConnection();
  }

  shownTick(stream: string): Tick | undefined {
    return this.frozenAt === null ? this.ring(stream).latest : this.heldTicks.get(stream);
  }

  /** Tells the others which screen, and which flag, one looks at. */
  present(screen: string, flagId?: string): void {
    if (this.socket.connected) {
      this.socket.emit('presence', flagId === undefined ? { screen } : { screen, flagId });
    }
  }

  private say(event: 'subscribe' | 'unsubscribe', streams: readonly string[]): void {
    const subscription: Subscription = { streams: [...streams] };
    if (streams.length > 0 && this.socket.connected) {
      this.socket.emit(event, subscription);
    }
  }

  private greet(hello: Hello): void {
    this.build ??= hello.build;
    this.isOutdated = hello.build !== this.build;
    this.skewMs = Date.parse(hello.at) - Date.now();
    this.store.takeHello(hello);
  }

  private look(): void {
    this.connection = connectionAt(this.line.facts, Date.now());
    if (this.connection.phase === 'offline') {
      this.store.leave();
      if (this.line.facts.isUp) {
        this.line.startAfresh();
      }
    }
    const { doubts } = this.store.state;
    if (
      doubts !== this.answeredDoubts &&
      this.connection.phase === 'live' &&
      Date.now() - this.recountedAt > recountMs
    ) {
      this.answeredDoubts = doubts;
      this.recountedAt = Date.now();
      // What fails here is asked again at the next doubt, and the tiles' own refresh corrects it anyway.
      this.store.recount().catch(() => undefined);
    }
    this.tellConnection();
  }

  private tellTick(stream: string): void {
    if (this.frozenAt === null) {
      this.tickListeners.get(stream)?.forEach((listener) => this.pump.ask(listener));
    }
  }

  private tellConnection(): void {
    for (const listener of this.connectionListeners) {
      this.pump.ask(listener);
    }
  }
}
