import { Module } from '@nestjs/common';
import { RecordModule } from '../record/record.module.ts';
import { StreamStore } from './stream-store.ts';
import { StreamsService } from './streams.service.ts';

/** The registry of streams and their policies. */
@Module({
  imports: [RecordModule],
  providers: [StreamStore, StreamsService],
  exports: [StreamsService],
})
export class StreamsModule {}
