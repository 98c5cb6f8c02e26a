import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People, their sessions, ingest keys and sign-in links. Whatever opens a door is kept as a hash: SHA-256 for random
 * secrets of 256 bits, argon2id for passwords.
 */
export class Access20261123000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table person (
        id uuid primary key,
        email text not null check (char_length(email) <= 200),
        email_key text collate "C" not null unique,
        name text not null check (char_length(name) <= 100),
        roles text[] not null check (cardinality(roles) <= 5),
        password_hash text,
        is_disabled boolean not null default false,
        created_at timestamptz not null,
        last_sign_in_at timestamptz
      );
      create index person_by_name on person (lower(name), id);

      create table session (
        id uuid primary key,
        person_id uuid not null references person on delete cascade,
        started_at timestamptz not null,
        last_seen_at timestamptz not null,
        rotated_at timestamptz not null,
        expires_at timestamptz not null
      );
      create index session_person on session (person_id, started_at);

      create table session_token (
        hash bytea primary key check (octet_length(hash) = 32),
        session_id uuid not null references session on delete cascade,
        issued_at timestamptz not null,
        confirmed_at timestamptz,
        retires_at timestamptz
      );
      create index session_token_session on session_token (session_id);

      create table sign_in_link (
        hash bytea primary key check (octet_length(hash) = 32),
        person_id uuid not null references person on delete cascade,
        expires_at timestamptz not null,
        used_at timestamptz
      );
      create index sign_in_link_person on sign_in_link (person_id);

      create table ingest_key (
        id uuid primary key,
        name text not null check (char_length(name) <= 100),
        streams text[] collate "C" not null check (cardinality(streams) between 1 and 100),
        secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
        created_at timestamptz not null,
        revoked_at timestamptz,
        last_used_at timestamptz
      );

      create table sign_in_attempt (
        subject text collate "C" primary key,
        attempts int not null,
        window_ends_at timestamptz not null
      );
      create index sign_in_attempt_window on sign_in_attempt (window_ends_at);

      create table duties (
        is_only boolean primary key default true check (is_only),
        separation boolean not null,
        set_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table duties, sign_in_attempt, ingest_key, sign_in_link, session_token, session, person');
  }
}
