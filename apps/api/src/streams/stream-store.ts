import { Injectable } from '@nestjs/common';
import type { Policy, PolicyApproval, PolicySettings, PolicyWay } from '@watchfloor/contracts';
import { advisoryLocks } from '../platform/database/advisory-locks.ts';
import type { Transaction } from '../platform/database/work.ts';
import type { RegisteredStream } from './registered-stream.ts';
import { wholePolicy } from './whole-policy.ts';

export type NewStream = Pick<RegisteredStream, 'name' | 'task' | 'model'>;

/** One version of a stream's policy, as it is kept for good. */
export interface PolicyVersion {
  readonly streamId: number;
  readonly policy: Policy;
  /** Null for the system. */
  readonly byPerson: string | null;
  readonly reason: string | null;
  readonly way: PolicyWay;
  readonly approval: PolicyApproval | null;
  readonly restores: number | null;
}

interface StreamRow {
  readonly id: number;
  readonly name: string;
  readonly task: 'label' | 'value';
  readonly model: RegisteredStream['model'];
  readonly registered_at: Date;
  readonly version: number;
  readonly settings: PolicySettings;
}

/** Streams and the versions of their policies. */
@Injectable()
export class StreamStore {
  /** Every stream under its newest policy, by name. */
  async all(tx: Transaction): Promise<RegisteredStream[]> {
    const rows = await tx.query<StreamRow[]>(`
      select stream.id, name, task, model, registered_at, version, settings
      from stream
      cross join lateral (
        select version, settings from stream_policy where stream_id = stream.id order by version desc limit 1
      ) newest
      order by name`);
    return rows.map(streamOf);
  }

  /** @returns how many streams there are; until the transaction ends, no other one that asks this registers any */
  async countAlone(tx: Transaction): Promise<number> {
    await tx.query('select pg_advisory_xact_lock($1)', [advisoryLocks.registration]);
    const [row] = await tx.query<[{ count: number }]>('select count(*)::int as count from stream');
    return row.count;
  }

  /** @returns those that were new; a name that is registered already is left alone */
  async insert(tx: Transaction, streams: readonly NewStream[], policy: Policy): Promise<RegisteredStream[]> {
    const { version, ...settings } = policy;
    const rows = await tx.query<StreamRow[]>(
      `with added as (
         insert into stream (name, task, model)
         select name, task, model from json_to_recordset($1) as given (name text, task text, model json)
         on conflict (name) do nothing
         returning *
       ), first_policy as (
         insert into stream_policy (stream_id, version, settings, way) select id, $2::int, $3::json, 'registered' from added
       )
       select id, name, task, model, registered_at, $2::int as version, $3::json as settings from added`,
      [JSON.stringify(streams), version, JSON.stringify(settings)],
    );
    return rows.map(streamOf);
  }

  /** The version in force, locked until the transaction ends. */
  async lockVersion(tx: Transaction, streamId: number): Promise<number> {
    await tx.query('select 1 from stream where id = $1 for update', [streamId]);
    const [row] = await tx.query<[{ version: number }]>(
      'select max(version) as version from stream_policy where stream_id = $1',
      [streamId],
    );
    return row.version;
  }

  async insertPolicy(tx: Transaction, { streamId, policy, byPerson, reason, ...came }: PolicyVersion): Promise<void> {
    const { version, ...settings } = policy;
    await tx.query(
      `insert into stream_policy (stream_id, version, settings, by_person, reason, way, approval, restores)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [streamId, version, JSON.stringify(settings), byPerson, reason, came.way, came.approval, came.restores],
    );
  }
}

/** Settings that are younger than the stored policy get their defaults. */
function streamOf({ registered_at: registeredAt, version, settings, ...stream }: StreamRow): RegisteredStream {
  return { ...stream, registeredAt: registeredAt.toISOString(), policy: { ...wholePolicy(settings), version } };
}
