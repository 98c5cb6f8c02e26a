import { Injectable } from '@nestjs/common';
import type { Instant, Person, Role } from '@watchfloor/contracts';
import { v7 as uuid } from 'uuid';
import type { Transaction } from '../platform/database/work.ts';
import type { PersonRow } from './people.store.ts';
import { keptPerson } from './people.store.ts';

/** A session, as one of its tokens shows it. */
export interface KeptSession {
  readonly id: string;
  readonly person: Person;
  readonly expiresAt: Instant;
  /** The token came to its holder: somebody has used it. */
  readonly isConfirmed: boolean;
  /** A newer token is in use. */
  readonly isRetiring: boolean;
  readonly wantsRotation: boolean;
  /** Nobody has noted for a minute that the session is in use. */
  readonly wantsTouch: boolean;
}

/** What the rights of a session hang on. */
export interface SessionRights {
  readonly sessionId: string;
  readonly roles: readonly Role[];
}

/** How long sessions last; all in seconds. */
export const sessionLimits = {
  /** Without a request and without an open console. */
  idle: 12 * 3_600,
  /** Whatever happens. */
  absolute: 7 * 86_400,
  /** A token is replaced by a new one after so long. */
  rotation: 3_600,
  /** The old token serves this much longer once the new one is in use: requests that run side by side still carry it. */
  grace: 60,
  /** Newest sessions of one person that are kept. */
  perPerson: 100,
} as const;

interface SessionRow {
  readonly session_id: string;
  readonly expires_at: Date;
  readonly is_confirmed: boolean;
  readonly is_retiring: boolean;
  readonly wants_rotation: boolean;
  readonly wants_touch: boolean;
}

const isAlive = `s.expires_at > now() and s.last_seen_at > now() - interval '${sessionLimits.idle} s' and not p.is_disabled`;

@Injectable()
export class SessionsStore {
  /** @returns the session's id and the ids of older ones that had to end for it */
  async start(tx: Transaction, personId: string, tokenHash: Buffer): Promise<{ id: string; ended: string[] }> {
    const id = uuid();
    await tx.query(
      `insert into session (id, person_id, started_at, last_seen_at, rotated_at, expires_at)
       values ($1, $2, now(), now(), now(), now() + interval '${sessionLimits.absolute} s')`,
      [id, personId],
    );
    await tx.query(
      'insert into session_token (hash, session_id, issued_at, confirmed_at) values ($1, $2, now(), now())',
      [tokenHash, id],
    );
    const surplus = await tx.query<[{ id: string }[], number]>(
      `delete from session where id in (
         select id from session where person_id = $1 order by started_at desc, id desc offset ${sessionLimits.perPerson}
       ) returning id`,
      [personId],
    );
    return { id, ended: surplus[0].map((row) => row.id) };
  }

  async byToken(tx: Transaction, tokenHash: Buffer): Promise<KeptSession | undefined> {
    const rows = await tx.query<(SessionRow & PersonRow)[]>(
      `select s.id as session_id, s.expires_at,
         t.confirmed_at is not null as is_confirmed,
         t.retires_at is not null as is_retiring,
         s.rotated_at < now() - interval '${sessionLimits.rotation} s' as wants_rotation,
         s.last_seen_at < now() - interval '1 min' as wants_touch,
         p.id, p.email, p.name, p.roles, p.is_disabled, p.created_at, p.password_hash
       from session_token t join session s on s.id = t.session_id join person p on p.id = s.person_id
       where t.hash = $1 and (t.retires_at is null or t.retires_at > now()) and ${isAlive}`,
      [tokenHash],
    );
    return rows.map((row) => ({
      id: row.session_id,
      person: keptPerson(row).person,
      expiresAt: row.expires_at.toISOString(),
      isConfirmed: row.is_confirmed,
      isRetiring: row.is_retiring,
      wantsRotation: row.wants_rotation,
      wantsTouch: row.wants_touch,
    }))[0];
  }

  async touch(tx: Transaction, sessionIds: readonly string[]): Promise<void> {
    await tx.query(
      `update session set last_seen_at = now() where id = any ($1) and last_seen_at < now() - interval '1 min'`,
      [sessionIds],
    );
  }

  /**
   * Gives the session a new token beside the old, which goes on serving until the new one is seen: an answer that never
   * arrived locks nobody out.
   *
   * @returns false when another request was first
   */
  async rotate(tx: Transaction, sessionId: string, tokenHash: Buffer): Promise<boolean> {
    const [rotated] = await tx.query<[unknown[], number]>(
      `update session set rotated_at = now()
       where id = $1 and rotated_at < now() - interval '${sessionLimits.rotation} s' returning id`,
      [sessionId],
    );
    if (rotated.length === 0) return false;
    await tx.query('delete from session_token where session_id = $1 and confirmed_at is null', [sessionId]);
    await tx.query('insert into session_token (hash, session_id, issued_at) values ($1, $2, now())', [
      tokenHash,
      sessionId,
    ]);
    return true;
  }

  /** The new token arrived: the older ones of its session go after the time of grace. */
  async confirm(tx: Transaction, sessionId: string, tokenHash: Buffer): Promise<void> {
    const [confirmed] = await tx.query<[unknown[], number]>(
      'update session_token set confirmed_at = now() where hash = $1 and confirmed_at is null returning hash',
      [tokenHash],
    );
    if (confirmed.length === 0) return;
    await tx.query(
      `update session_token set retires_at = now() + interval '${sessionLimits.grace} s'
       where session_id = $1 and hash <> $2 and retires_at is null`,
      [sessionId, tokenHash],
    );
  }

  /** @returns the ids of the sessions that ended */
  async end(tx: Transaction, sessionIds: readonly string[]): Promise<string[]> {
    const [rows] = await tx.query<[{ id: string }[], number]>('delete from session where id = any ($1) returning id', [
      sessionIds,
    ]);
    return rows.map(({ id }) => id);
  }

  /**
   * Ends a person's sessions.
   *
   * @param but a session that goes on
   * @returns the ids of the sessions that ended
   */
  async endAllOf(tx: Transaction, personId: string, but?: string): Promise<string[]> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      'delete from session where person_id = $1 and id is distinct from $2 returning id',
      [personId, but ?? null],
    );
    return rows.map(({ id }) => id);
  }

  async allOf(tx: Transaction, personId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>('select id from session where person_id = $1', [personId]);
    return rows.map(({ id }) => id);
  }

  /** Those of the sessions that still run, with their rights. */
  async running(tx: Transaction, sessionIds: readonly string[]): Promise<SessionRights[]> {
    const rows = await tx.query<{ id: string; roles: Role[] }[]>(
      `select s.id, p.roles from session s join person p on p.id = s.person_id where s.id = any ($1) and ${isAlive}`,
      [sessionIds],
    );
    return rows.map(({ id, roles }) => ({ sessionId: id, roles }));
  }

  /** Forgets what can never open a door again. */
  async sweep(tx: Transaction): Promise<void> {
    await tx.query(
      `delete from session where expires_at <= now() or last_seen_at <= now() - interval '${sessionLimits.idle} s'`,
    );
    await tx.query('delete from session_token where retires_at <= now()');
    await tx.query(`delete from sign_in_link where expires_at <= now() - interval '1 day'`);
  }
}
