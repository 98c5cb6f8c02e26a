import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of what the audit drew, and the blind second look. */
export class SecondLook20261124000012 implements MigrationInterface {
  readonly name = 'SecondLook20261124000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table flag
        add column second_look_of uuid references flag on delete cascade,
        add column withdrawn_because text,
        drop constraint flag_state_check,
        drop constraint flag_check5,
        add constraint flag_state_check check (state in ('open', 'claimed', 'snoozed', 'settled', 'lapsed', 'withdrawn')),
        add constraint flag_closed_check check ((state in ('settled', 'lapsed', 'withdrawn')) = (closed_at is not null)),
        add constraint flag_withdrawn_check check ((state = 'withdrawn') = (withdrawn_because is not null)),
        add constraint flag_second_look_check check (second_look_of is null or cause is null);
      -- A second look is given once: another one only after the first was withdrawn.
      create unique index flag_second_look on flag (second_look_of) where second_look_of is not null and state <> 'withdrawn';
      create index flag_open_second_look on flag (stream_id, position)
        where second_look_of is not null and state in ('open', 'claimed', 'snoozed');
      create index flag_due_second_look on flag (due_at)
        where second_look_of is not null and state in ('open', 'claimed', 'snoozed');

      -- What the audit drew, one row for each flag that carries the draw.
      create table flag_audit (
        flag_id uuid primary key references flag on delete cascade,
        stream_id int not null,
        position bigint not null,
        received_at timestamptz(3) not null,
        prediction_id text collate "C" not null,
        probability float8 not null,
        draw float8 not null,
        confidence float8,
        -- When a confirmation at first look becomes final.
        final_at timestamptz(3),
        final_verdict_id uuid,
        second_look_id uuid,
        is_error bool,
        adjudicated_by text check (adjudicated_by in ('first', 'second', 'outcome', 'nobody')),
        adjudicated_at timestamptz(3),
        check ((adjudicated_at is null) = (is_error is null) and (is_error is null) = (adjudicated_by is null))
      );
      create index flag_audit_final on flag_audit (final_at) where final_at is not null and adjudicated_at is null;
      create index flag_audit_of_prediction on flag_audit (stream_id, position);
      create index flag_audit_waiting on flag_audit (stream_id, prediction_id) where adjudicated_at is null;

      -- Who has had a flag drawn for the audit in hand, and so has seen the model's answer: its second look is not theirs.
      create table flag_holder (
        flag_id uuid not null references flag on delete cascade,
        person_id uuid not null,
        primary key (flag_id, person_id)
      );

      -- Entries about these flags are withheld from those who may decide, except the people named.
      create table record_withheld (
        flag_id uuid primary key,
        seen_by uuid[] not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table record_withheld, flag_holder, flag_audit;
      delete from flag where second_look_of is not null;
      alter table flag
        drop constraint flag_second_look_check, drop constraint flag_withdrawn_check, drop constraint flag_closed_check,
        drop constraint flag_state_check, drop column second_look_of, drop column withdrawn_because,
        add constraint flag_state_check check (state in ('open', 'claimed', 'snoozed', 'settled', 'lapsed')),
        add constraint flag_check5 check ((state in ('settled', 'lapsed')) = (closed_at is not null));
    `);
  }
}
