import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module.ts';
import { RecordModule } from '../record/record.module.ts';
import { StreamsModule } from '../streams/streams.module.ts';
import { RiskController } from './risk.controller.ts';
import { RiskFolding } from './risk-folding.ts';
import { RiskKeeper } from './risk-keeper.ts';
import { RiskService } from './risk.service.ts';
import { RiskStore } from './risk.store.ts';

/** How sure models must be to act alone, and what that rests on. */
@Module({
  imports: [RecordModule, StreamsModule, IngestModule],
  controllers: [RiskController],
  providers: [RiskStore, RiskFolding, RiskKeeper, RiskService],
  exports: [RiskService],
})
export class RiskModule {}
