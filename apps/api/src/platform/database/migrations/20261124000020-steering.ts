import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts of policies, and how each version came into force. */
export class Steering20261124000020 implements MigrationInterface {
  readonly name = 'Steering20261124000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Versions from before were registered with their stream, or changed directly by one person.
      alter table stream_policy
        add column way text not null default 'direct',
        add column approval text,
        add column restores int;
      update stream_policy set
        way = case when by_person is null then 'registered' else 'direct' end,
        approval = case when by_person is null then null else 'alone' end;

      create table policy_draft (
        id uuid primary key,
        stream_id int not null references stream,
        version int not null check (version >= 1),
        based_on int not null,
        settings json not null,
        note text not null,
        -- Everybody who has saved it, the first one first.
        authors uuid[] not null check (cardinality(authors) between 1 and 20),
        created_at timestamptz(3) not null default now(),
        saved_at timestamptz(3) not null default now()
      );
      create index policy_draft_stream on policy_draft (stream_id, saved_at desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table policy_draft;
      alter table stream_policy drop column way, drop column approval, drop column restores;
    `);
  }
}
