import pg from 'pg';
import { freshUrl } from './database.ts';

/** A database whose present can be moved on. */
export interface MovingClock {
  readonly url: string;
  /** Moves the database's present on. */
  move(seconds: number): Promise<void>;
  drop(): Promise<void>;
}

/**
 * Makes a migrated database in which an unqualified `now()` is ours: that is why all our SQL writes it so. The server has no
 * other clock that decides anything.
 */
export async function movingClock(): Promise<MovingClock> {
  const { url, drop } = await freshUrl();
  await run(
    url,
    `create schema moved;
     create table moved.clock (ahead interval not null);
     insert into moved.clock values ('0');
     create function moved.now() returns timestamptz language sql stable
       as 'select pg_catalog.now() + (select ahead from moved.clock)';
     do $$ begin execute format('alter database %I set search_path = moved, pg_catalog, public', current_database()); end $$;`,
  );
  return {
    url,
    move: (seconds) => run(url, `update moved.clock set ahead = ahead + make_interval(secs => ${seconds})`),
    drop,
  };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
