import { Module } from '@nestjs/common';
import { FlagsModule } from '../flags/flags.module.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { PredictionsController } from './predictions.controller.ts';
import { StreamSummaries } from './stream-summaries.ts';
import { StreamsController } from './streams.controller.ts';
import { StreamsModule } from './streams.module.ts';

/**
 * What people ask of streams. It stands apart from the registry, since a tile shows what flags and lanes know, and these need
 * the registry themselves.
 */
@Module({
  imports: [StreamsModule, FlagsModule, IngestModule],
  controllers: [StreamsController, PredictionsController],
  providers: [StreamSummaries],
})
export class StreamRoutesModule {}
