import type { MigrationInterface } from 'typeorm';

type Migration = new () => MigrationInterface;

/** Every migration, oldest first. A room adds its own line. */
export const migrations: readonly Migration[] = [];
