import { Module } from '@nestjs/common';
import { RecordModule } from '../record/record.module.ts';
import { AuditKeys } from './audit-keys.ts';
import { MinuteStore } from './minute-store.ts';
import { StreamStore } from './stream-store.ts';
import { StreamsService } from './streams.service.ts';
import { TickSource } from './tick-source.ts';

/** The registry of streams and their policies. */
@Module({
  imports: [RecordModule],
  providers: [AuditKeys, StreamStore, StreamsService, MinuteStore, TickSource],
  exports: [AuditKeys, StreamsService, MinuteStore, TickSource],
})
export class StreamsModule {}
