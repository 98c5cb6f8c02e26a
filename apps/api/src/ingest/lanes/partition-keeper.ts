import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { epochMsOf, instantOf } from '@watchfloor/contracts';
import { Clock } from '../../platform/clock/clock.ts';
import { Work } from '../../platform/database/work.ts';
import { StreamsService } from '../../streams/streams.service.ts';
import { MinuteStore } from '../../streams/minute-store.ts';
import type { RowPlace } from './partition-store.ts';
import { PartitionStore } from './partition-store.ts';

const dayMs = 86_400_000;
/** Partitions exist for so many days to come: the longest that this may fail without harm. */
const daysAhead = 7;
const everyMs = 3_600_000;
/** Rows that one statement removes. */
const batch = 5_000;
/** Minutes stay longer than predictions: thirteen months, so that a year can be compared with the last. */
const minuteDays = 400;

/** Keeps the daily partitions: makes those to come, and removes what no stream keeps any longer. */
@Injectable()
export class PartitionKeeper implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Partitions');
  private timer: NodeJS.Timeout | undefined;
  private tidying: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly store: PartitionStore,
    private readonly streams: StreamsService,
    private readonly minutes: MinuteStore,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.makeAhead();
    this.timer = setInterval(() => {
      this.tidying = this.tidying.then(() => this.keep());
    }, everyMs);
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.tidying;
  }

  async makeAhead(): Promise<void> {
    await this.work.run(async (tx) => {
      const today = dayOf(epochMsOf(await this.clock.now(tx)));
      await this.store.make(
        tx,
        Array.from({ length: daysAhead + 1 }, (_, ahead) => today + ahead * dayMs),
      );
    });
  }

  /**
   * Removes predictions beyond their stream's retention, their keys and outcomes before them. A day that no stream keeps goes as
   * a whole; of a younger one, the rows of streams that keep less. Interrupted, it goes on at the next call.
   */
  async removeOld(): Promise<void> {
    const nowMs = epochMsOf(await this.work.read((tx) => this.clock.now(tx)));
    const kept = new Map(this.streams.all().map(({ id, policy }) => [id, policy.retentionDays]));
    const longest = Math.max(1, ...kept.values());
    for (const day of await this.work.read((tx) => this.store.days(tx))) {
      // A prediction of the day's last moment must have had its whole time.
      const ageDays = Math.floor((nowMs - day) / dayMs) - 1;
      const over = [...kept].filter(([, days]) => ageDays >= days).map(([id]) => id);
      if (ageDays >= longest) await this.removeDay(day);
      else if (over.length > 0) await this.removeStreams(day, over);
      if (this.isStopping) return;
    }
    const before = instantOf(nowMs - minuteDays * dayMs);
    await this.untilLess(() => this.work.run((tx) => this.minutes.drop(tx, before, batch)));
  }

  private async keep(): Promise<void> {
    try {
      await this.makeAhead();
      await this.removeOld();
    } catch (error) {
      this.logger.error(error);
    }
  }

  private async removeDay(day: number): Promise<void> {
    let after: RowPlace | undefined = { streamId: 0, position: 0 };
    while (after !== undefined) {
      if (this.isStopping) return;
      const from: RowPlace = after;
      after = await this.work.run((tx) => this.store.forgetKeys(tx, day, from, batch));
    }
    await this.store.drop(day);
    this.logger.log(`the predictions of ${instantOf(day).slice(0, 10)} were removed`);
  }

  private async removeStreams(day: number, streamIds: readonly number[]): Promise<void> {
    await this.untilLess(() => this.work.run((tx) => this.store.removeRows(tx, day, streamIds, batch)));
  }

  /** Repeats a bounded removal until it finds less than it may take. */
  private async untilLess(remove: () => Promise<number>): Promise<void> {
    while ((await remove()) >= batch) if (this.isStopping) return;
  }
}

/** The first moment of the UTC day. */
function dayOf(epochMs: number): number {
  return epochMs - (epochMs % dayMs);
}
