import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { plusSeconds, type EntryKind } from '@watchfloor/contracts';
import type { Subscription } from 'rxjs';
import { concatMap } from 'rxjs';
import { Clock } from '../platform/clock/clock.ts';
import { Work } from '../platform/database/work.ts';
import { RecordService } from '../record/record.service.ts';
import { BlindSpotStore, type BlindSpot } from './blind-spots.store.ts';

/** What a tick looks at is not older than this, with room for clocks that differ. */
const freshSeconds = 70;

const changing: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'flag-raised',
  'flag-settled',
  'flag-lapsed',
  'flag-withdrawn',
]);

/**
 * Open second looks at predictions so young that ticks still show them. In memory, for a socket cannot wait for a query: read
 * anew whenever the record tells of a flag that began or ended while there were any.
 */
@Injectable()
export class FreshSecondLooks implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(FreshSecondLooks.name);
  private spots: readonly (BlindSpot & { readonly stream: string })[] = [];
  private subscription: Subscription | undefined;

  constructor(
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly store: BlindSpotStore,
    private readonly record: RecordService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.read();
    this.subscription = this.record.numbered
      .pipe(
        concatMap(async (batch) => {
          const isNews = batch.some(
            (entry) =>
              changing.has(entry.kind) &&
              (this.spots.length > 0 || (entry.kind === 'flag-raised' && entry.data.flag.secondLookOf !== undefined)),
          );
          if (isNews) await this.read();
        }),
      )
      .subscribe();
  }

  onModuleDestroy(): void {
    this.subscription?.unsubscribe();
  }

  /** Of one stream. */
  of(stream: string): readonly BlindSpot[] {
    return this.spots.length === 0 ? [] : this.spots.filter((spot) => spot.stream === stream);
  }

  private async read(): Promise<void> {
    try {
      this.spots = await this.work.read(async (tx) =>
        this.store.since(tx, plusSeconds(await this.clock.now(tx), -freshSeconds)),
      );
    } catch (error) {
      // Better a chart with a gap for some than none of the following: what is known stays.
      this.logger.warn(`cannot read which second looks are open: ${String(error)}`);
    }
  }
}
