import type { Client } from 'pg';
import pg from 'pg';
import { laneLockClass } from '../../platform/database/advisory-locks.ts';

/** The database's word that a lane is this server's, held by a connection of its own: it ends with the process. */
export class LaneLock {
  private client: Client | undefined;

  constructor(
    private readonly url: string,
    private readonly onLost: () => void,
  ) {}

  /** Whether the lane's lock could be taken. @throws when the database cannot be reached */
  async take(lane: number): Promise<boolean> {
    const client = this.client ?? (await this.connect());
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [
      laneLockClass,
      lane,
    ]);
    return rows[0]?.taken === true;
  }

  /** Gives all lanes back. */
  async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end();
  }

  private async connect(): Promise<Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'watchfloor lanes',
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    const lose = () => {
      if (this.client !== client) return;
      this.client = undefined;
      this.onLost();
    };
    client.on('error', lose);
    client.on('end', lose);
    await client.connect();
    this.client = client;
    return client;
  }
}
