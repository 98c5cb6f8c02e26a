import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { Clock } from './clock/clock.ts';
import { PublicAddress } from './config/public-address.ts';
import { Settings } from './config/settings.ts';
import { DatabaseModule } from './database/database.module.ts';
import { Readiness } from './health/readiness.ts';
import { Metrics } from './metrics/metrics.ts';

/** What every room stands on: settings, clock, database. */
@Module({})
export class PlatformModule {
  static with(settings: Settings, databaseUrl: string): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [DatabaseModule.at(databaseUrl)],
      providers: [{ provide: Settings, useValue: settings }, Clock, PublicAddress, Metrics, Readiness],
      exports: [Settings, Clock, PublicAddress, Metrics, Readiness],
    };
  }
}
