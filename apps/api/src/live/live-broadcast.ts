import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Hello, RecordEntry } from '@watchfloor/contracts';
import { accessEntryKinds, heartbeatMs, maxPushedEntries } from '@watchfloor/contracts';
import { concatMap } from 'rxjs';
import { RecordService } from '../record/record.service.ts';
import { servedEntry } from '../record/served-entry.ts';
import type { Withheld } from '../record/withheld.store.ts';
import { buildId } from './build-id.ts';
import { spareTheSlow } from './buffered-bytes.ts';
import { LiveMetrics } from './live-metrics.ts';
import { roomOf } from './live-socket.ts';
import type { LiveNamespace, LiveSocket } from './live-socket.ts';
import { presenceReport } from './presence-board.ts';

/** Without a look at the record's end for so long, the server does not say that it is well. */
const longestStaleMs = 3_000;

/** Nor more than this at once, well under what gets a socket cut: entries may be 64 KiB each. */
const maxPushedCharacters = 256 * 1024;

/** Tells consoles what they came for: entries, the heartbeat, and who else is here. */
@Injectable()
export class LiveBroadcast implements OnModuleInit {
  private hasPresenceChanged = false;
  private build = 'none';

  constructor(
    private readonly record: RecordService,
    private readonly metrics: LiveMetrics,
  ) {}

  async onModuleInit(): Promise<void> {
    this.build = await buildId();
  }

  /** @returns a function that ends it */
  start(namespace: LiveNamespace): () => void {
    this.metrics.observeSockets(() => namespace.sockets.size);
    const entries = this.record.numbered
      .pipe(concatMap((batch) => this.withWithheld(namespace, batch)))
      .subscribe(({ batch, withheld }) => this.push(namespace, batch, withheld));
    const timer = setInterval(() => this.beat(namespace), heartbeatMs).unref();
    return () => {
      entries.unsubscribe();
      clearInterval(timer);
    };
  }

  /** A console that has just come learns where the record stands, and from there catches up over HTTP. */
  greet(socket: LiveSocket): void {
    socket.emit('hello', this.hello());
    this.presenceChanged();
  }

  presenceChanged(): void {
    this.hasPresenceChanged = true;
  }

  /** @returns the batch with what of it is withheld from somebody; null for what could not be found out */
  private async withWithheld(namespace: LiveNamespace, batch: readonly RecordEntry[]) {
    const isHeard = namespace.sockets.size > 0 && batch.length <= maxPushedEntries;
    return { batch, withheld: isHeard ? await this.record.withheldOf(batch).catch(() => null) : null };
  }

  private push(namespace: LiveNamespace, batch: readonly RecordEntry[], withheld: Withheld | null): void {
    if (namespace.sockets.size === 0) return;
    if (withheld === null || batch.length > maxPushedEntries || JSON.stringify(batch).length > maxPushedCharacters) {
      namespace.emit('hello', this.hello());
      return;
    }
    this.metrics.entries(batch.length);
    for (const entry of batch) {
      if (entry.flagId !== null && withheld.has(entry.flagId)) {
        pushToSome(namespace, entry, withheld);
      } else if (accessEntryKinds.has(entry.kind)) {
        namespace.to(roomOf.wholeRecord).emit('entry', entry);
        namespace.to(roomOf.floorRecord).emit('entry', { number: entry.number });
      } else {
        namespace.to([roomOf.wholeRecord, roomOf.floorRecord]).emit('entry', entry);
      }
    }
  }

  private beat(namespace: LiveNamespace): void {
    this.metrics.slowCut(spareTheSlow(namespace));
    const reading = namespace.except(roomOf.lagging);
    // A server that cannot see the record does not know whether its consoles are up to date: its silence says so.
    if (this.record.staleMs <= longestStaleMs) reading.emit('hello', this.hello());
    if (!this.hasPresenceChanged) return;
    this.hasPresenceChanged = false;
    const present = [...namespace.sockets.values()].map(({ data }) => data);
    namespace.to(roomOf.presence).except(roomOf.lagging).emit('presence', presenceReport(present));
  }

  private hello(): Hello {
    return { head: this.record.head, build: this.build, at: new Date().toISOString() };
  }
}

/** Each listener gets the entry as they may see it: what a second look hides depends on the person. */
function pushToSome(namespace: LiveNamespace, entry: RecordEntry, withheld: Withheld): void {
  for (const socket of namespace.sockets.values()) {
    if (socket.rooms.has(roomOf.wholeRecord) || socket.rooms.has(roomOf.floorRecord)) {
      socket.emit('entry', servedEntry(entry, socket.data.who, withheld));
    }
  }
}
