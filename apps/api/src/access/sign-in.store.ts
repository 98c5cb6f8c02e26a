import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/work.ts';

/** Sign-in links serve so long, in seconds. */
export const linkSeconds = 86_400;

/** Attempts are counted over so long, in seconds. */
const windowSeconds = 900;

/** Subjects that are remembered, however many addresses attack. */
export const maxSubjects = 100_000;

/** Attempts on one subject within the window, this one included. */
export interface AttemptCount {
  readonly attempts: number;
  readonly secondsLeft: number;
}

/** One-time links, and how often somebody tried. */
@Injectable()
export class SignInStore {
  /** Keeps a new link of a person; it takes the place of the person's older ones. */
  async addLink(tx: Transaction, personId: string, tokenHash: Buffer): Promise<void> {
    await tx.query('delete from sign_in_link where person_id = $1 and used_at is null', [personId]);
    await tx.query(
      `insert into sign_in_link (hash, person_id, expires_at) values ($1, $2, now() + interval '${linkSeconds} s')`,
      [tokenHash, personId],
    );
  }

  /** @returns whose link it is, once; undefined when it is unknown, used or too old */
  async useLink(tx: Transaction, tokenHash: Buffer): Promise<string | undefined> {
    const [rows] = await tx.query<[{ person_id: string }[], number]>(
      'update sign_in_link set used_at = now() where hash = $1 and used_at is null and expires_at > now() returning person_id',
      [tokenHash],
    );
    return rows[0]?.person_id;
  }

  /** Counts one more attempt. Once over, a window begins anew. */
  async count(tx: Transaction, subject: string): Promise<AttemptCount> {
    const [row] = await tx.query<[{ attempts: number; seconds_left: number }]>(
      `insert into sign_in_attempt as a (subject, attempts, window_ends_at)
       values ($1, 1, now() + interval '${windowSeconds} s')
       on conflict (subject) do update set
         attempts = case when a.window_ends_at <= now() then 1 else least(a.attempts + 1, 1000000) end,
         window_ends_at = case when a.window_ends_at <= now() then excluded.window_ends_at else a.window_ends_at end
       returning attempts, extract(epoch from window_ends_at - now())::float8 as seconds_left`,
      [subject],
    );
    return { attempts: row.attempts, secondsLeft: row.seconds_left };
  }

  /** Forgets the attempts on a subject. */
  async clear(tx: Transaction, subject: string): Promise<void> {
    await tx.query('delete from sign_in_attempt where subject = $1', [subject]);
  }

  /** Takes one attempt back: it was right. */
  async forgive(tx: Transaction, subject: string): Promise<void> {
    await tx.query('update sign_in_attempt set attempts = greatest(attempts - 1, 0) where subject = $1', [subject]);
  }

  /** Forgets windows that are over, and beyond the newest {@link maxSubjects} those that end first. */
  async sweepAttempts(tx: Transaction): Promise<void> {
    await tx.query('delete from sign_in_attempt where window_ends_at <= now()');
    await tx.query(
      `delete from sign_in_attempt where subject in (
         select subject from sign_in_attempt order by window_ends_at desc, subject offset ${maxSubjects}
       )`,
    );
  }
}
