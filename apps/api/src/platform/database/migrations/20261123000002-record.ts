import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The record in three tables: `record_entry` holds what is hashed, `record_pending` what waits for its number, and
 * `record_number` the numbered order with the columns that the record is looked up by. All but the waiting line are
 * append-only.
 */
export class Record20261123000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table record_entry (
        id uuid primary key,
        at timestamptz not null,
        body text not null check (octet_length(body) <= 65535),
        leaf_hash bytea not null check (octet_length(leaf_hash) = 32)
      );

      create table record_pending (
        seq bigint generated always as identity primary key,
        entry_id uuid not null unique,
        at timestamptz not null,
        kind text collate "C" not null,
        stream text collate "C",
        flag_id uuid,
        person_id uuid,
        verdict text collate "C",
        reason text collate "C"
      ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0,
              autovacuum_analyze_threshold = 100000000);

      create table record_number (
        number bigint primary key check (number >= 1),
        entry_id uuid not null unique references record_entry,
        at timestamptz not null,
        latest_at timestamptz not null,
        kind text collate "C" not null,
        stream text collate "C",
        flag_id uuid,
        person_id uuid,
        verdict text collate "C",
        reason text collate "C"
      );
      comment on column record_number.latest_at is 'The latest "at" of this entry and all before it: grows with the number, so that a span of time is a span of numbers.';

      create index record_number_latest_at on record_number (latest_at, number);
      create index record_number_kind on record_number (kind, number);
      create index record_number_stream on record_number (stream, number) where stream is not null;
      create index record_number_flag on record_number (flag_id, number) where flag_id is not null;
      create index record_number_person on record_number (person_id, number) where person_id is not null;
      create index record_number_verdict on record_number (verdict, number) where verdict is not null;
      create index record_number_reason on record_number (reason, number) where reason is not null;

      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only: % refused', tg_table_name, lower(tg_op)
          using errcode = 'insufficient_privilege';
      end $$;

      create trigger append_only before update or delete or truncate on record_entry
        for each statement execute function refuse_change();
      create trigger append_only before update or delete or truncate on record_number
        for each statement execute function refuse_change();
      create trigger never_emptied before update or truncate on record_pending
        for each statement execute function refuse_change();

      -- Fire under "session_replication_role = replica" as well, the usual way round triggers.
      alter table record_entry enable always trigger append_only;
      alter table record_number enable always trigger append_only;
      alter table record_pending enable always trigger never_emptied;
    `);
  }

  async down(): Promise<void> {
    return Promise.reject(new Error('the record is append-only: it has no way back'));
  }
}
