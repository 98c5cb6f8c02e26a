import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Flags, what window flags have gathered, and what people said of them. Notes and comments lie here and not in the record,
 * so that they can be erased; the record holds their salted digests.
 */
export class Flags20261123000004 implements MigrationInterface {
  readonly name = 'Flags20261123000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table flag (
        id uuid primary key,
        version int not null check (version >= 1),
        stream_id int not null,
        stream text collate "C" not null,
        state text not null check (state in ('open', 'claimed', 'snoozed', 'settled', 'lapsed')),
        priority smallint not null check (priority between 1 and 4),
        raised_at timestamptz(3) not null,
        due_at timestamptz(3) not null default 'infinity',
        kinds text[] not null,
        signals json not null,

        -- One prediction ...
        position bigint,
        received_at timestamptz(3),
        prediction_id text collate "C",
        label text,
        value float8,
        -- ... or a stretch of the stream.
        cause text check (cause in ('behaviour', 'flow', 'backlog')),
        from_at timestamptz(3),
        to_at timestamptz(3),
        item_count int not null default 0,
        told_items int not null default 0,
        told_at timestamptz(3),

        claimed_by uuid,
        claim_digest text collate "C",
        returns_at timestamptz(3),
        verdict_id uuid,
        closed_at timestamptz(3),
        lapse_action text,

        check ((position is null) = (received_at is null) and (position is null) = (prediction_id is null)),
        check ((cause is null) = (position is not null) and (cause is null) = (from_at is null) and (from_at is null) = (to_at is null)),
        check ((state = 'claimed') = (claimed_by is not null) and (state = 'claimed') = (claim_digest is not null)),
        check ((state in ('claimed', 'snoozed')) = (returns_at is not null)),
        check ((state = 'settled') = (verdict_id is not null)),
        check ((state in ('settled', 'lapsed')) = (closed_at is not null)),
        check ((state = 'lapsed') = (lapse_action is not null))
      );
      comment on column flag.returns_at is 'When the flag goes back to the queue by itself: the end of its claim or of its snooze.';
      comment on column flag.told_items is 'The item_count that the record has been told.';

      -- The queue, in the order of compareInQueue: what "next" walks along, past the few that are held or put off.
      create index flag_unanswered on flag (priority, due_at, raised_at, id) where state in ('open', 'claimed', 'snoozed');
      create index flag_unanswered_of_stream on flag (stream_id, priority, due_at, raised_at, id) include (cause)
        where state in ('open', 'claimed', 'snoozed');
      create index flag_by_age on flag (raised_at, id);
      create index flag_returning on flag (returns_at) where state in ('claimed', 'snoozed');
      create index flag_held on flag (claimed_by) where state = 'claimed';
      create index flag_of_prediction on flag (stream_id, position) where position is not null;
      create index flag_gathering on flag (stream_id) where cause is not null and state in ('open', 'claimed', 'snoozed');
      create index flag_answered_window on flag (closed_at) where cause is not null and state = 'settled';

      create table flag_item (
        flag_id uuid not null references flag on delete cascade,
        slot int not null,
        number int not null,
        stream_id int not null,
        position bigint not null,
        received_at timestamptz(3) not null,
        prediction_id text collate "C" not null,
        label text,
        value float8,
        confidence float8,
        kinds text[] not null,
        primary key (flag_id, slot)
      );
      comment on column flag_item.slot is 'Equals the number up to a bound; the newest items beyond it take turns in the last slots.';
      create index flag_item_of_prediction on flag_item (stream_id, position);

      create table flag_verdict (
        id uuid primary key,
        flag_id uuid not null references flag on delete cascade,
        verdict text not null check (verdict in ('confirmed', 'overridden')),
        label text,
        value float8,
        reason text,
        note text,
        note_salt bytea,
        by_person uuid not null,
        at timestamptz(3) not null,
        supersedes uuid references flag_verdict,
        on_version int not null,
        claim_digest text collate "C",
        undo_until timestamptz(3),
        undone_at timestamptz(3),
        check ((note is null) = (note_salt is null)),
        check ((claim_digest is null) = (supersedes is not null)),
        -- One verdict for each version that was answered, whatever the code above may do.
        unique (flag_id, on_version)
      );
      create unique index flag_verdict_superseded_once on flag_verdict (supersedes) where supersedes is not null;

      create table flag_comment (
        id uuid primary key,
        flag_id uuid not null references flag on delete cascade,
        by_person uuid not null,
        at timestamptz(3) not null,
        text text not null,
        salt bytea not null
      );
      create index flag_comment_of_flag on flag_comment (flag_id, at, id);

      create table flag_skip (
        flag_id uuid not null references flag on delete cascade,
        person_id uuid not null,
        at timestamptz(3) not null,
        primary key (flag_id, person_id)
      );

      -- Labels that a stream has been seen to use, in the order of their coming: the order of the answer keys where the policy
      -- declares none, so that a key keeps its label.
      create table flag_label (
        stream_id int not null,
        label text collate "C" not null,
        number int not null,
        primary key (stream_id, label)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table flag_label, flag_skip, flag_comment, flag_verdict, flag_item, flag');
  }
}
