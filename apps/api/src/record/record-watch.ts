import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Work } from '../platform/database/work.ts';
import { Readiness } from '../platform/health/readiness.ts';
import { Metrics } from '../platform/metrics/metrics.ts';
import { RecordFollower } from './record-follower.ts';
import { RecordSequencer } from './record-sequencer.ts';
import { RecordStore } from './record-store.ts';

/** An instance that has not seen the end of the record for so long cannot keep its consoles up to date. */
const longestStaleMs = 5_000;

/** Tells those who run the server how the record does. */
@Injectable()
export class RecordWatch implements OnModuleInit {
  constructor(
    private readonly work: Work,
    private readonly store: RecordStore,
    private readonly sequencer: RecordSequencer,
    private readonly follower: RecordFollower,
    private readonly metrics: Metrics,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.expect('record', async () =>
      this.follower.staleMs > longestStaleMs ? 'the record cannot be followed' : undefined,
    );
    this.gauge(
      'watchfloor_record_head',
      'Highest number given out, as this instance has seen it',
      () => this.follower.head,
    );
    this.gauge('watchfloor_record_is_sequencer', '1 where this instance numbers the entries', () =>
      Number(this.sequencer.isHolder),
    );
    this.gauge(
      'watchfloor_record_oldest_waiting_seconds',
      'Age of the oldest entry without a number; 0 when none waits',
      () => this.work.read((tx) => this.store.oldestWaitingSeconds(tx)),
    );
  }

  private gauge(name: string, help: string, figure: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.metrics.registry],
      async collect() {
        // Without a database the other figures must still be told.
        this.set(await Promise.resolve(figure()).catch(() => Number.NaN));
      },
    });
  }
}
