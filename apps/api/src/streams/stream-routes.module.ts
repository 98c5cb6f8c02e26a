import { Module } from '@nestjs/common';
import { FlagsModule } from '../flags/flags.module.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { DifferencesController } from './differences/differences.controller.ts';
import { DescribedStore } from './differences/described.store.ts';
import { DraftStore } from './policies/draft.store.ts';
import { DraftsService } from './policies/drafts.service.ts';
import { PoliciesController } from './policies/policies.controller.ts';
import { PolicyChanges } from './policies/policy-changes.service.ts';
import { VersionStore } from './policies/version.store.ts';
import { PredictionsController } from './predictions.controller.ts';
import { RecordModule } from '../record/record.module.ts';
import { ScoreController } from './score.controller.ts';
import { StreamSummaries } from './stream-summaries.ts';
import { StreamsController } from './streams.controller.ts';
import { StreamsModule } from './streams.module.ts';

/**
 * What people ask of streams. It stands apart from the registry, since a tile shows what flags and lanes know, and these need
 * the registry themselves.
 */
@Module({
  imports: [RecordModule, StreamsModule, FlagsModule, IngestModule],
  controllers: [StreamsController, DifferencesController, PoliciesController, PredictionsController, ScoreController],
  providers: [StreamSummaries, DescribedStore, DraftStore, DraftsService, VersionStore, PolicyChanges],
})
export class StreamRoutesModule {}
