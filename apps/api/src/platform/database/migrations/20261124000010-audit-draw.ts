import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The keyed draw of the audit, and the chance that each prediction had. */
export class AuditDraw20261124000010 implements MigrationInterface {
  readonly name = 'AuditDraw20261124000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit_key (
        is_only bool primary key default true check (is_only),
        bytes bytea not null check (octet_length(bytes) = 16)
      );
      comment on table audit_key is 'The secret behind the draws of the audit. It is never served.';

      alter table prediction add column audit_chance float8;
      comment on column prediction.audit_chance is 'The chance with which it was drawn for the audit, fixed before it was seen; null for none.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table prediction drop column audit_chance; drop table audit_key');
  }
}
