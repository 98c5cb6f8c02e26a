import pg from 'pg';
import { advisoryLocks } from '../platform/database/advisory-locks.ts';

/** At most so many entries get their numbers in one transaction. */
export const batchSize = 5_000;

const pendingChannel = 'watchfloor_record_pending';
const numberedChannel = 'watchfloor_record_numbered';

export interface SequencerCalls {
  /** Another instance has committed entries and asks for their numbers. */
  onPending(): void;
  /** Entries have been numbered, by whomever. */
  onNumbered(): void;
}

/**
 * The sequencer's own connection. The lock belongs to it and the numbering runs on it, so that nobody who has lost the lock
 * can still be numbering.
 */
export class SequencerLine {
  private holds = false;
  private readonly client: pg.Client;

  private constructor(client: pg.Client) {
    this.client = client;
  }

  static async open(connectionString: string, calls: SequencerCalls): Promise<SequencerLine> {
    const client = new pg.Client({
      connectionString,
      application_name: 'watchfloor sequencer',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 15_000,
      lock_timeout: 5_000,
      query_timeout: 20_000,
    });
    // What breaks between two statements is told by the next one.
    client.on('error', () => undefined);
    client.on('notification', ({ channel }) => {
      if (channel === pendingChannel) calls.onPending();
      else calls.onNumbered();
    });
    try {
      await client.connect();
      // A process that is stopped, not dead, keeps its connection open: without this it would keep the lock as well.
      await client.query(`set idle_session_timeout = '10s'`);
      await client.query(`listen ${numberedChannel}`);
      return new SequencerLine(client);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
  }

  /** Whether this line holds the lock, as far as it knows. */
  get isHolder(): boolean {
    return this.holds;
  }

  /** Takes the lock if it is free. @returns whether this line holds it */
  async hold(): Promise<boolean> {
    if (this.holds) return true;
    const { rows } = await this.client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
      advisoryLocks.sequencer,
    ]);
    if (rows[0]?.held !== true) return false;
    await this.client.query(`listen ${pendingChannel}`);
    this.holds = true;
    return true;
  }

  /** Asks whoever holds the lock to number what is waiting. */
  async callHolder(): Promise<void> {
    await this.client.query(`notify ${pendingChannel}`);
  }

  /**
   * Numbers what is committed and waiting, in one transaction, and tells every instance.
   *
   * @returns how many got their numbers; as many as `batchSize` when more may wait
   */
  async numberBatch(): Promise<number> {
    // By its name the statement is planned once and not in every turn.
    const { rows } = await this.client.query<{ count: number }>({
      name: 'numbering',
      text: numbering,
      values: [batchSize, numberedChannel],
    });
    return rows[0]?.count ?? 0;
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

const numbering = `
  with newest as (
    select number, latest_at from record_number order by number desc limit 1
  ), head as (
    select coalesce(max(number), 0) as number, coalesce(max(latest_at), '-infinity') as latest_at from newest
  ), taken as (
    delete from record_pending
    where seq = any (array(select seq from record_pending order by seq limit $1))
    returning *
  ), numbered as (
    insert into record_number (number, entry_id, at, latest_at, kind, stream, flag_id, person_id, verdict, reason)
    select head.number + row_number() over (order by seq), entry_id, at,
      greatest(head.latest_at, max(at) over (order by seq)), kind, stream, flag_id, person_id, verdict, reason
    from taken cross join head
    returning number
  ), told as (
    select count(*)::int as count, max(number) as head from numbered
  )
  select count, case when count > 0 then pg_notify($2, head::text) end from told`;
