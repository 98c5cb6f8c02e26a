import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { FlagsModule } from '../flags/flags.module.ts';
import { RecordModule } from '../record/record.module.ts';
import { StreamsModule } from '../streams/streams.module.ts';
import { LiveBroadcast } from './live-broadcast.ts';
import { LiveDoor } from './live-door.ts';
import { LiveListener } from './live-listener.ts';
import { LiveMetrics } from './live-metrics.ts';
import { LiveTicks } from './live-ticks.ts';
import { LiveGateway } from './live.gateway.ts';

@Module({
  imports: [AccessModule, FlagsModule, RecordModule, StreamsModule],
  providers: [LiveGateway, LiveDoor, LiveListener, LiveBroadcast, LiveTicks, LiveMetrics],
})
export class LiveModule {}
