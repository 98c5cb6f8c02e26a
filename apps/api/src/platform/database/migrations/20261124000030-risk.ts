import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is certified of streams, and what it rests on. */
export class Risk20261124000030 implements MigrationInterface {
  readonly name = 'Risk20261124000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The risk of a stream goes with its predictions, as its watch does: both are always at the same one.
      alter table stream_watch add column risk text, add column risk_epoch int not null default 0;

      -- How far the record is folded, over all streams and for each of them: every answer counts once.
      create table risk_cursor (
        is_only bool primary key default true check (is_only),
        number bigint not null
      );
      insert into risk_cursor (number) values (0);
      create table stream_risk (
        stream_id int primary key references stream,
        number bigint not null,
        calibration text,
        reviewers text
      );

      -- Adjudicated audits, as the record tells them.
      create table risk_answer (
        stream_id int not null references stream,
        position bigint not null,
        number bigint not null,
        at timestamptz(3) not null,
        prediction_id text collate "C" not null,
        probability float8 not null,
        confidence float8,
        is_error bool not null,
        by text not null,
        primary key (stream_id, position)
      );

      -- What was in force for the predictions after a position.
      create table risk_plan (
        stream_id int not null references stream,
        after_position bigint not null,
        place int generated always as identity,
        at timestamptz(3) not null default now(),
        epoch int not null,
        certified float8,
        above float8 not null,
        below float8 not null,
        primary key (stream_id, after_position, place)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table risk_plan, risk_answer, stream_risk, risk_cursor;
      alter table stream_watch drop column risk, drop column risk_epoch;
    `);
  }
}
