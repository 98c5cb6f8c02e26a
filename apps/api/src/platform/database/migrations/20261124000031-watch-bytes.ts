import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Watches are saved as bytes. None stand for those of older programs: these watches are made again by replay. */
export class WatchBytes20261124000031 implements MigrationInterface {
  readonly name = 'WatchBytes20261124000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table stream_watch alter column state type bytea using ''::bytea`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table stream_watch alter column state type text using ''`);
  }
}
