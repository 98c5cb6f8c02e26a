import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { LanesService } from '../ingest/lanes/lanes.service.ts';
import { Doorbell } from '../platform/clock/doorbell.ts';
import { Work } from '../platform/database/work.ts';
import { RecordService } from '../record/record.service.ts';
import { StreamsService } from '../streams/streams.service.ts';
import type { Adjudicated } from './adjudicated.ts';
import { adjudicatedOf, adjudicatedKinds } from './adjudicated-entries.ts';
import { isOtherPlan } from './planned-audits.ts';
import { RiskFolding } from './risk-folding.ts';
import { RiskStore } from './risk.store.ts';

const batchSize = 500;
/** How often streams are looked through for plans that predictions or policies have changed. */
const replanEveryMs = 2_000;

/**
 * Follows the record and folds what it says about audits into the risk of the streams, each entry once and in the order of the
 * numbers, whatever is restarted in between.
 */
@Injectable()
export class RiskKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RiskKeeper.name);
  private readonly bell = new Doorbell();
  private running: Promise<void> = Promise.resolve();
  private listening: Subscription | undefined;
  private isStopping = false;
  private replannedAtMs = -Infinity;

  constructor(
    private readonly work: Work,
    private readonly record: RecordService,
    private readonly streams: StreamsService,
    private readonly lanes: LanesService,
    private readonly folding: RiskFolding,
    private readonly store: RiskStore,
  ) {}

  onApplicationBootstrap(): void {
    this.listening = this.record.numbered.subscribe((entries) => {
      if (entries.some(({ kind }) => adjudicatedKinds.includes(kind))) this.bell.ring();
    });
    this.running = this.run();
  }

  /** Before the lanes close: what is folded is saved with them. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.listening?.unsubscribe();
    this.bell.ring();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      const hasMore = await this.turn().catch((error: unknown) => {
        this.logger.debug(`answers wait: ${error instanceof Error ? error.message : String(error)}`);
        return false;
      });
      if (!hasMore) await this.bell.wait(replanEveryMs);
    }
  }

  private async turn(): Promise<boolean> {
    const hasMore = await this.follow();
    if (performance.now() - this.replannedAtMs >= replanEveryMs) {
      this.replannedAtMs = performance.now();
      await this.replan();
    }
    return hasMore;
  }

  /** @returns whether there is more to read at once */
  private async follow(): Promise<boolean> {
    const { entries, upTo } = await this.work.read(async (tx) =>
      this.record.since(tx, await this.store.cursor(tx), adjudicatedKinds, batchSize),
    );
    const byStream = Map.groupBy(entries.flatMap(adjudicatedOf), ({ stream }) => stream);
    for (const [name, answers] of byStream) await this.fold(name, answers);
    if (upTo !== null) await this.work.run((tx) => this.store.moveCursor(tx, upTo));
    return entries.length === batchSize;
  }

  private async fold(name: string, answers: readonly Adjudicated[]): Promise<void> {
    const stream = this.streams.find(name);
    if (stream !== undefined) await this.lanes.between(name, this.folding.errand(stream, answers));
  }

  /** Puts other plans into force where predictions, time or a changed policy ask for them. */
  private async replan(): Promise<void> {
    for (const stream of this.streams.all()) {
      const risk = this.lanes.riskOf(stream.name);
      if (this.isStopping) return;
      if (risk === undefined) continue;
      const isDue = risk.hasNews || isOtherPlan(risk.plan, risk.wanted(stream.policy));
      if (isDue) await this.lanes.between(stream.name, this.folding.errand(stream, []));
    }
  }
}
