import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseAddress } from './database-address.ts';
import { dataSourceOptions } from './data-source.ts';
import { Work } from './work.ts';

/** The database and the units of work on it. Rooms add their entities by `TypeOrmModule.forFeature([...])`. */
@Module({})
export class DatabaseModule {
  static at(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(url), autoLoadEntities: true, retryAttempts: 0 })],
      providers: [Work, { provide: DatabaseAddress, useValue: new DatabaseAddress(url) }],
      exports: [Work, DatabaseAddress],
    };
  }
}
