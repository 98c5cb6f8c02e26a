import { Injectable } from '@nestjs/common';
import type { IngestKey } from '@watchfloor/contracts';
import type { Transaction } from '../platform/database/work.ts';

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly streams: string[];
  readonly created_at: Date;
  readonly revoked_at: Date | null;
  readonly last_used_at: Date | null;
}

export interface KeyDraft {
  readonly id: string;
  readonly name: string;
  readonly streams: readonly string[];
  readonly secretHash: Buffer;
}

const columns = 'id, name, streams, created_at, revoked_at, last_used_at';

@Injectable()
export class KeysStore {
  /** @returns undefined when there is a key with this secret already */
  async add(tx: Transaction, { id, name, streams, secretHash }: KeyDraft): Promise<IngestKey | undefined> {
    const rows = await tx.query<KeyRow[]>(
      `insert into ingest_key (id, name, streams, secret_hash, created_at) values ($1, $2, $3, $4, now())
       on conflict (secret_hash) do nothing returning ${columns}`,
      [id, name, streams, secretHash],
    );
    return rows.map(keyOf)[0];
  }

  /** The key of a secret, unless it was revoked. */
  async bySecret(tx: Transaction, secretHash: Buffer): Promise<IngestKey | undefined> {
    const rows = await tx.query<KeyRow[]>(
      `select ${columns} from ingest_key where secret_hash = $1 and revoked_at is null`,
      [secretHash],
    );
    return rows.map(keyOf)[0];
  }

  /** Keys, newest first; ids grow with time. */
  async page(tx: Transaction, before: string | undefined, limit: number): Promise<IngestKey[]> {
    const rows = await tx.query<KeyRow[]>(
      `select ${columns} from ingest_key where $1::uuid is null or id < $1 order by id desc limit $2`,
      [before ?? null, limit],
    );
    return rows.map(keyOf);
  }

  /** @returns whether the key was there and is revoked now; `null` when it had been before */
  async revoke(tx: Transaction, id: string): Promise<boolean | null> {
    const [rows] = await tx.query<[unknown[], number]>(
      'update ingest_key set revoked_at = now() where id = $1 and revoked_at is null returning id',
      [id],
    );
    if (rows.length > 0) return true;
    const found = await tx.query<unknown[]>('select from ingest_key where id = $1', [id]);
    return found.length > 0 ? null : false;
  }

  /** Notes that keys were in use just now. */
  async used(tx: Transaction, ids: readonly string[]): Promise<void> {
    await tx.query('update ingest_key set last_used_at = now() where id = any ($1)', [ids]);
  }
}

function keyOf(row: KeyRow): IngestKey {
  return {
    id: row.id,
    name: row.name,
    streams: row.streams,
    createdAt: row.created_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
