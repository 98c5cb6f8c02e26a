import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { RecordModule } from '../record/record.module.ts';
import { LiveBroadcast } from './live-broadcast.ts';
import { LiveDoor } from './live-door.ts';
import { LiveListener } from './live-listener.ts';
import { LiveGateway } from './live.gateway.ts';

@Module({
  imports: [AccessModule, RecordModule],
  providers: [LiveGateway, LiveDoor, LiveListener, LiveBroadcast],
})
export class LiveModule {}
