import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.ts';
import { FlagsModule } from './flags/flags.module.ts';
import { IngestModule } from './ingest/ingest.module.ts';
import { LiveModule } from './live/live.module.ts';
import type { Settings } from './platform/config/settings.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { RecordModule } from './record/record.module.ts';
import { RiskModule } from './risk/risk.module.ts';
import { StreamRoutesModule } from './streams/stream-routes.module.ts';
import { StreamsModule } from './streams/streams.module.ts';
import { WhatIfModule } from './what-if/what-if.module.ts';

/** The whole server: the platform, and one line for each room. */
@Module({})
export class AppModule {
  static with(settings: Settings, databaseUrl: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(settings, databaseUrl),
        AccessModule,
        RecordModule,
        LiveModule,
        StreamsModule,
        FlagsModule,
        IngestModule,
        StreamRoutesModule,
        RiskModule,
        WhatIfModule,
      ],
    };
  }
}
