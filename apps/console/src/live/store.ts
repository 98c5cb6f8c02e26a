import type { Flag, Hello, ServedEntry, StreamSummary } from '@watchfloor/contracts';
import { catchUp } from './catch-up.ts';
import type { FetchRecord } from './catch-up.ts';
import { emptyLive, isReadable, reduce } from './reduce.ts';
import type { LiveState } from './reduce.ts';
import { liveOf, recountedBy } from './snapshot.ts';

/** How the store asks the server; handed in, so that it runs in a test as it does in a browser. */
export interface Asking {
  readonly fetchRecord: FetchRecord;
  readonly fetchStreams: () => Promise<readonly StreamSummary[]>;
  /** The most urgent of the flags that wait for an answer. */
  readonly fetchFlags: () => Promise<readonly Flag[]>;
}

/** What came in while the line was down. `flags` is unknown where the floor was read afresh instead. */
export interface CaughtUp {
  readonly after: number;
  readonly events: number;
  readonly flags: number | null;
}

/** Pushed entries that wait for a gap to close; beyond, they are read from the record instead. */
const heldAtMost = 5_000;
/** So many of the newest entries are read with the lists, for those who show what happened last. */
const latestRead = 50;
/** Further behind than this, the lists are read afresh rather than every entry. */
const foldAtMost = 10_000;

/**
 * Holds the floor's state and its cursor in the record. Entries come pushed; a gap is closed from the record; nothing is
 * taken twice and nothing left out.
 */
export class LiveStore {
  state: LiveState = emptyLive;
  /** Highest number that the server has spoken of. */
  head = 0;
  hasFloor = false;
  private held: ServedEntry[] = [];
  private isBusy = false;
  private away: { readonly after: number; flags: number | null } | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly returnListeners = new Set<(caughtUp: CaughtUp) => void>();
  private readonly asking: Asking;

  constructor(asking: Asking) {
    this.asking = asking;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Called once after each absence, when everything missed is in. */
  onReturn(listener: (caughtUp: CaughtUp) => void): () => void {
    this.returnListeners.add(listener);
    return () => this.returnListeners.delete(listener);
  }

  /** The line has been down long enough to say so: from here on, what was missed is counted. */
  leave(): void {
    if (this.away === null && this.hasFloor) {
      this.away = { after: this.state.cursor, flags: 0 };
    }
  }

  takeEntry(entry: ServedEntry): void {
    this.head = Math.max(this.head, entry.number);
    if (!this.isBusy && this.hasFloor && entry.number === this.state.cursor + 1) {
      this.take([entry]);
      return;
    }
    if (entry.number > this.state.cursor && this.held.length < heldAtMost) {
      this.held.push(entry);
    }
    void this.settle();
  }

  takeHello(hello: Pick<Hello, 'head'>): void {
    this.head = Math.max(this.head, hello.head);
    if (!this.hasFloor || this.state.cursor < this.head || this.away !== null) {
      void this.settle();
    }
  }

  /** Reads the streams' counts again, after entries about flags that are not held here. */
  async recount(): Promise<void> {
    const streams = await this.asking.fetchStreams();
    this.change(recountedBy(this.state, streams));
  }

  /** Closes whatever gap there is. One at a time; what goes wrong is tried again at the next hello. */
  private async settle(): Promise<void> {
    if (this.isBusy) {
      return;
    }
    this.isBusy = true;
    try {
      if (!this.hasFloor || this.head - this.state.cursor > foldAtMost) {
        await this.readFloor();
      }
      this.takeHeld();
      while (this.state.cursor < this.head) {
        await catchUp(this.state.cursor, this.asking.fetchRecord, (entries) => this.take(entries));
        this.takeHeld();
      }
      this.arrive();
    } catch (error) {
      if (error instanceof RangeError) {
        this.hasFloor = false;
      }
    } finally {
      this.isBusy = false;
    }
  }

  private async readFloor(): Promise<void> {
    const { items, head } = await this.asking.fetchRecord(Math.max(0, this.head - latestRead), latestRead);
    const [streams, flags] = await Promise.all([this.asking.fetchStreams(), this.asking.fetchFlags()]);
    this.head = Math.max(this.head, head);
    this.hasFloor = true;
    if (this.away !== null) {
      this.away.flags = null;
    }
    this.change(liveOf({ head, streams, flags, latest: items }, this.state));
  }

  private takeHeld(): void {
    const held = this.held.sort((a, b) => a.number - b.number);
    this.held = [];
    const next: ServedEntry[] = [];
    let cursor = this.state.cursor;
    for (const entry of held) {
      if (entry.number === cursor + 1) {
        next.push(entry);
        cursor += 1;
      }
    }
    this.take(next);
  }

  private take(entries: readonly ServedEntry[]): void {
    if (entries.length === 0) {
      return;
    }
    if (this.away !== null && this.away.flags !== null) {
      this.away.flags += entries.filter((entry) => isReadable(entry) && entry.kind === 'flag-raised').length;
    }
    this.change(entries.reduce(reduce, this.state));
  }

  private arrive(): void {
    if (this.away === null) {
      return;
    }
    const { after, flags } = this.away;
    this.away = null;
    for (const listener of this.returnListeners) {
      listener({ after, events: this.state.cursor - after, flags });
    }
  }

  private change(state: LiveState): void {
    this.state = state;
    for (const listener of this.listeners) {
      listener();
    }
  }
}
