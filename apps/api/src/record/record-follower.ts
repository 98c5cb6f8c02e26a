import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import type { RecordEntry } from '@watchfloor/contracts';
import type { Observable } from 'rxjs';
import { Subject } from 'rxjs';
import { Work } from '../platform/database/work.ts';
import { Doorbell } from '../platform/clock/doorbell.ts';
import { pollMs, RecordSequencer } from './record-sequencer.ts';
import { RecordStore } from './record-store.ts';

/** At most so many entries are read and emitted at a time. */
const batchSize = 1_000;

/** Reads the record as it grows, whichever instance numbers it, and passes it on without a gap. */
@Injectable()
export class RecordFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RecordFollower.name);
  private readonly bell = new Doorbell();
  private readonly subject = new Subject<readonly RecordEntry[]>();
  private cursor = 0;
  private freshAtMs = 0;
  private isStopping = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly work: Work,
    private readonly store: RecordStore,
    sequencer: RecordSequencer,
  ) {
    sequencer.onNumbered(() => this.bell.ring());
  }

  /** Entries in the order of their numbers, from those that were numbered after the start of this instance. */
  get numbered(): Observable<readonly RecordEntry[]> {
    return this.subject;
  }

  /** The highest number that has been emitted; at the start, the head. */
  get head(): number {
    return this.cursor;
  }

  /** How long ago the record was last read to its end, in milliseconds by the process's steady clock. */
  get staleMs(): number {
    return performance.now() - this.freshAtMs;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.cursor = await this.work.read((tx) => this.store.head(tx));
    this.freshAtMs = performance.now();
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.bell.ring();
    await this.running;
    this.subject.complete();
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      const hasMore = await this.follow().catch((error: unknown) => {
        this.logger.warn(`cannot read the record, trying again: ${String(error)}`);
        return false;
      });
      if (!hasMore) await this.bell.wait(pollMs);
    }
  }

  /** @returns whether there is more to read at once */
  private async follow(): Promise<boolean> {
    const span = { after: this.cursor };
    const entries = await this.work.read((tx) => this.store.read(tx, { span, filter: {}, limit: batchSize }));
    const last = entries.at(-1);
    if (last !== undefined) {
      this.cursor = last.number;
      this.subject.next(entries);
    }
    if (entries.length < batchSize) this.freshAtMs = performance.now();
    return entries.length === batchSize;
  }
}
