import { Module } from '@nestjs/common';
import { RecordModule } from '../record/record.module.ts';
import { StreamsModule } from '../streams/streams.module.ts';
import { AnswerStore } from './answer.store.ts';
import { AuditStore } from './audit.store.ts';
import { BlindSpotStore } from './blind-spots.store.ts';
import { FlagActs } from './flag-acts.ts';
import { FlagListStore } from './flag-list.store.ts';
import { FlagRaising } from './flag-raising.ts';
import { FlagReturns } from './flag-returns.ts';
import { FlagSweeper } from './flag-sweeper.ts';
import { FlagStore } from './flag.store.ts';
import { FlagsController } from './flags.controller.ts';
import { FlagsService } from './flags.service.ts';
import { FreshSecondLooks } from './fresh-second-looks.ts';
import { OpenFlags } from './open-flags.ts';
import { QueueStore } from './queue.store.ts';
import { SecondLooks } from './second-looks.ts';
import { SeenLabels } from './seen-labels.ts';
import { SurroundingsStore } from './surroundings.store.ts';
import { WindowFlagStore } from './window-flag.store.ts';

/** The queue, claims and verdicts. */
@Module({
  imports: [RecordModule, StreamsModule],
  controllers: [FlagsController],
  providers: [
    FlagStore,
    FlagListStore,
    QueueStore,
    WindowFlagStore,
    AnswerStore,
    AuditStore,
    BlindSpotStore,
    FreshSecondLooks,
    SurroundingsStore,
    OpenFlags,
    SeenLabels,
    FlagRaising,
    FlagReturns,
    SecondLooks,
    FlagSweeper,
    FlagsService,
    FlagActs,
  ],
  exports: [FlagsService, FreshSecondLooks],
})
export class FlagsModule {}
