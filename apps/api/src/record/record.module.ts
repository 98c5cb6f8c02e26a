import { Module } from '@nestjs/common';
import { RecordExport } from './record-export.ts';
import { RecordFollower } from './record-follower.ts';
import { RecordPeople } from './record-people.ts';
import { RecordSequencer } from './record-sequencer.ts';
import { RecordStore } from './record-store.ts';
import { RecordWatch } from './record-watch.ts';
import { RecordController } from './record.controller.ts';
import { RecordService } from './record.service.ts';
import { WithheldStore } from './withheld.store.ts';

@Module({
  controllers: [RecordController],
  providers: [
    RecordStore,
    RecordSequencer,
    RecordFollower,
    RecordService,
    RecordExport,
    RecordPeople,
    RecordWatch,
    WithheldStore,
  ],
  exports: [RecordService],
})
export class RecordModule {}
