import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Streams with their policies, and what comes in: predictions, keys, watches, minutes, outcomes. */
export class Streams20261123000001 implements MigrationInterface {
  readonly name = 'Streams20261123000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table stream (
        id int generated always as identity primary key,
        name text collate "C" not null unique,
        task text not null check (task in ('label', 'value')),
        model json,
        registered_at timestamptz(3) not null default now()
      );

      create table stream_policy (
        stream_id int not null references stream,
        version int not null check (version >= 1),
        settings json not null,
        at timestamptz(3) not null default now(),
        by_person uuid,
        reason text,
        primary key (stream_id, version)
      );

      -- One partition a day, by the day of acceptance in UTC. body and signals are json, not jsonb: hostile text may hold
      -- escaped NULs and lone surrogates, which jsonb refuses.
      create table prediction (
        stream_id int not null,
        position bigint not null,
        received_at timestamptz(3) not null,
        value float8,
        confidence float8,
        id text collate "C" not null,
        label text,
        signals json,
        body json not null,
        primary key (stream_id, position, received_at)
      ) partition by range (received_at);

      -- Which ids a stream has seen, for as long as it keeps its predictions: the same id again is a duplicate.
      create table prediction_key (
        stream_id int not null,
        id text collate "C" not null,
        position bigint not null,
        received_at timestamptz(3) not null,
        primary key (stream_id, id)
      );

      -- The detectors' memory of a stream after the prediction at this position; what came later is replayed on it.
      create table stream_watch (
        stream_id int primary key references stream,
        position bigint not null,
        received_at timestamptz(3) not null,
        state text not null,
        saved_at timestamptz(3) not null default now()
      );

      -- Who owns a lane: the epoch grows with every owner, so that a turn of an earlier one cannot commit any more.
      create table lane (
        lane int primary key,
        epoch bigint not null
      );

      create table stream_minute (
        stream_id int not null references stream,
        at timestamptz(3) not null,
        predictions int not null,
        flagged int not null,
        figures json not null,
        primary key (stream_id, at)
      );

      create table outcome (
        stream_id int not null,
        id text collate "C" not null,
        label text,
        value float8,
        at timestamptz(3) not null,
        received_at timestamptz(3) not null default now(),
        primary key (stream_id, id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table outcome, stream_minute, lane, stream_watch, prediction_key, prediction, stream_policy, stream',
    );
  }
}
