import type { MigrationInterface } from 'typeorm';
import { Streams20261123000001 } from './migrations/20261123000001-streams.ts';
import { Record20261123000002 } from './migrations/20261123000002-record.ts';

type Migration = new () => MigrationInterface;

/** Every migration, oldest first. A room adds its own line. */
export const migrations: readonly Migration[] = [Streams20261123000001, Record20261123000002];
