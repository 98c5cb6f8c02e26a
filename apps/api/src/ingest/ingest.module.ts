import { Module } from '@nestjs/common';
import { FlagsModule } from '../flags/flags.module.ts';
import { StreamsModule } from '../streams/streams.module.ts';
import { IngestMetrics } from './ingest-metrics.ts';
import { IngestController } from './ingest.controller.ts';
import { IngestService } from './ingest.service.ts';
import { ClockTurn } from './lanes/clock-turn.ts';
import { LaneOwnership } from './lanes/lane-ownership.ts';
import { LaneTurn } from './lanes/lane-turn.ts';
import { LanesService } from './lanes/lanes.service.ts';
import { PartitionKeeper } from './lanes/partition-keeper.ts';
import { PartitionStore } from './lanes/partition-store.ts';
import { PredictionStore } from './lanes/prediction-store.ts';
import { StoredPredictionStore } from './lanes/stored-prediction.store.ts';
import { WatchStore } from './lanes/watch-store.ts';
import { Watches } from './lanes/watches.ts';
import { OutcomeStore } from './outcomes/outcome.store.ts';
import { OutcomesController } from './outcomes/outcomes.controller.ts';
import { OutcomesService } from './outcomes/outcomes.service.ts';

/** The way in: requests, lanes, and what they store. */
@Module({
  imports: [StreamsModule, FlagsModule],
  controllers: [IngestController, OutcomesController],
  providers: [
    IngestMetrics,
    IngestService,
    PartitionStore,
    PartitionKeeper,
    PredictionStore,
    WatchStore,
    Watches,
    LaneOwnership,
    LaneTurn,
    ClockTurn,
    LanesService,
    StoredPredictionStore,
    OutcomeStore,
    OutcomesService,
  ],
  exports: [LanesService, StoredPredictionStore],
})
export class IngestModule {}
