import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Window flags on segments that a model treats otherwise than the rest have a cause of their own. */
export class Disparity20261124000011 implements MigrationInterface {
  readonly name = 'Disparity20261124000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table flag drop constraint flag_cause_check;
      alter table flag add constraint flag_cause_check check (cause in ('behaviour', 'flow', 'disparity', 'backlog'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table flag drop constraint flag_cause_check;
      alter table flag add constraint flag_cause_check check (cause in ('behaviour', 'flow', 'backlog'));
    `);
  }
}
