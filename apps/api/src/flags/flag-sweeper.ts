import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { plusSeconds } from '@watchfloor/contracts';
import { answeredQuietSeconds } from '@watchfloor/flags';
import { Clock } from '../platform/clock/clock.ts';
import { Work, type Transaction } from '../platform/database/work.ts';
import { isDatabaseAway } from '../platform/http/database-away.ts';
import { RecordService } from '../record/record.service.ts';
import { StreamsService } from '../streams/streams.service.ts';
import { joinedEntry } from './flag-entries.ts';
import { FlagReturns, returnsAtOnce } from './flag-returns.ts';
import { FlagStore } from './flag.store.ts';
import { SecondLooks } from './second-looks.ts';
import { WindowFlagStore } from './window-flag.store.ts';

/** The pause between two sweeps: how late a claim's end is noticed at most, and how often growth is told. */
export const sweepEveryMs = 500;
/** Window flags told of in one sweep. */
const toldAtOnce = 200;
/** The pause between two looks for flags whose prediction is no longer kept. */
const outlivedEveryMs = 600_000;

/**
 * Sees to what happens by time alone: claims and snoozes that end, and window flags that have grown without the record's hearing
 * of it. Several instances may sweep at once: none waits for what another has in hand.
 */
@Injectable()
export class FlagSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(FlagSweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;
  private lookedAtMs = -Infinity;

  constructor(
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly streams: StreamsService,
    private readonly returns: FlagReturns,
    private readonly secondLooks: SecondLooks,
    private readonly flags: FlagStore,
    private readonly windows: WindowFlagStore,
    private readonly record: RecordService,
  ) {}

  onApplicationBootstrap(): void {
    this.plan();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** One sweep, until nothing is due any more. */
  async sweep(): Promise<void> {
    await untilFewer(() => this.work.run((tx) => this.returns.comeBack(tx)));
    await untilFewer(() => this.work.run((tx) => this.secondLooks.finish(tx, returnsAtOnce)));
    await untilFewer(() => this.work.run((tx) => this.secondLooks.lapse(tx, returnsAtOnce)));
    await this.work.run((tx) => this.tellGrowth(tx));
  }

  /**
   * Lets flags lapse that nobody has answered for as long as their stream keeps its predictions: without the prediction, nobody
   * can answer them any more.
   */
  async lapseOutlived(): Promise<void> {
    const now = await this.work.read((tx) => this.clock.now(tx));
    for (const { id, policy } of this.streams.all()) {
      const { retentionDays } = policy;
      const before = plusSeconds(now, -retentionDays * 86_400);
      const action = `none: nobody answered within the ${retentionDays} days that the stream keeps its predictions`;
      await untilFewer(() => this.work.run((tx) => this.returns.lapseOutlived(tx, id, before, action)));
      const outlived = { streamId: id, before, action };
      await untilFewer(() => this.work.run((tx) => this.secondLooks.lapse(tx, returnsAtOnce, outlived)));
      if (this.isStopping) {
        return;
      }
    }
  }

  private async tellGrowth(tx: Transaction): Promise<void> {
    const now = await this.clock.now(tx);
    const answeredSince = plusSeconds(now, -answeredQuietSeconds);
    const ids = await this.windows.lockUntold(tx, answeredSince, now, toldAtOnce);
    await this.windows.markTold(tx, ids);
    const grown = await this.flags.load(tx, ids);
    await this.record.append(
      tx,
      grown.map((flag) => joinedEntry(flag)),
    );
  }

  private async takeTurn(): Promise<void> {
    await this.sweep();
    if (performance.now() - this.lookedAtMs > outlivedEveryMs) {
      this.lookedAtMs = performance.now();
      await this.lapseOutlived();
    }
  }

  private plan(): void {
    this.timer = setTimeout(() => {
      this.running = this.takeTurn()
        .catch((error: unknown) => {
          // A database that restarts is seen to elsewhere; the next sweep finds whatever was due.
          if (isDatabaseAway(error)) {
            this.logger.warn('the database cannot be reached: flags come back later');
          } else {
            this.logger.error(error);
          }
        })
        .then(() => {
          if (!this.isStopping) {
            this.plan();
          }
        });
    }, sweepEveryMs).unref();
  }
}

/** Repeats a bounded piece of work until it finds less to do than it may. */
async function untilFewer(work: () => Promise<number>): Promise<void> {
  while ((await work()) === returnsAtOnce);
}
