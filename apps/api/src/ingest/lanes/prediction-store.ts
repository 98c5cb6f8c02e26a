import { Injectable } from '@nestjs/common';
import type { Prediction } from '@watchfloor/contracts';
import { instantOf } from '@watchfloor/contracts';
import { from as copyFrom } from 'pg-copy-streams';
import type { Transaction } from '../../platform/database/work.ts';
import { clientOf, prepared, sqlStateOf } from '../../platform/database/work.ts';
import { CopyLines } from './copy-lines.ts';
import { copyField } from './copy-text.ts';
import { InstantText } from './instant-text.ts';

/** An id that a prediction lays claim to, at the position that it gets if the id is new. */
export interface Claim {
  readonly streamId: number;
  readonly id: string;
  readonly position: number;
  readonly receivedAtMs: number;
}

/** A prediction as it is read back for replaying it. */
export interface StoredRow {
  readonly position: number;
  readonly receivedAtMs: number;
  readonly body: Prediction;
}

const copySql =
  'copy prediction (stream_id, position, received_at, value, confidence, audit_chance, id, label, signals, body) from stdin';

const copyKeysSql = 'copy prediction_key (stream_id, id, position, received_at) from stdin';
const claimSql = {
  name: 'claim ids',
  text: `with claimed as (
      insert into prediction_key (stream_id, id, position, received_at)
      select * from unnest($1::int[], $2::text[], $3::bigint[], $4::timestamptz[])
      on conflict do nothing returning 1
    ) select count(*)::int as count from claimed`,
};
/** From so many ids on, two more statements for the savepoint cost less than they save. */
const copiedFrom = 200;
const uniqueViolation = '23505';

/** Predictions and the ids that their streams have seen. */
@Injectable()
export class PredictionStore {
  /**
   * Claims ids for predictions, the first of equal ones among themselves.
   *
   * @param claims positions grow within a stream
   * @returns the indexes of those whose id was taken before, in order
   */
  async claim(tx: Transaction, claims: readonly Claim[]): Promise<number[]> {
    if (claims.length >= copiedFrom && (await this.claimAll(tx, claims))) return [];
    const arrays = arraysOf(claims);
    const [row] = await prepared<{ count: number }>(tx, claimSql, arrays);
    if (row?.count === claims.length) return [];
    // Positions were never given before: whoever does not find its own has come second.
    const rows = await tx.query<{ index: string }[]>(
      `select given.index - 1 as index
       from unnest($1::int[], $2::text[], $3::bigint[], $4::timestamptz[])
         with ordinality as given (stream_id, id, position, received_at, index)
       join prediction_key key on key.stream_id = given.stream_id and key.id = given.id
       where key.position <> given.position
       order by given.index`,
      arrays,
    );
    return rows.map(({ index }) => Number(index));
  }

  /** Claims all of them or none: much faster, and nearly always all of them are new. @returns whether they were */
  private async claimAll(tx: Transaction, claims: readonly Claim[]): Promise<boolean> {
    const client = await clientOf(tx);
    await client.query('savepoint claims');
    try {
      await this.copy(tx, copyKeysSql, keyLines(claims).bytes());
    } catch (error) {
      if (sqlStateOf(error) !== uniqueViolation) throw error;
      await client.query('rollback to savepoint claims');
      return false;
    }
    await client.query('release savepoint claims');
    return true;
  }

  /** Gives claimed ids the positions that they have in the end. */
  async moveClaims(tx: Transaction, claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
    await tx.query(
      `update prediction_key key set position = given.position
       from unnest($1::int[], $2::text[], $3::bigint[], $4::timestamptz[]) as given (stream_id, id, position, received_at)
       where key.stream_id = given.stream_id and key.id = given.id`,
      arraysOf(claims),
    );
  }

  async insert(tx: Transaction, rows: CopyLines): Promise<void> {
    const bytes = rows.bytes();
    if (bytes.length > 0) await this.copy(tx, copySql, bytes);
  }

  private async copy(tx: Transaction, sql: string, bytes: Buffer): Promise<void> {
    const client = await clientOf(tx);
    await new Promise<void>((resolve, reject) => {
      const copy = client.query(copyFrom(sql));
      copy.once('error', reject);
      copy.once('finish', resolve);
      copy.end(bytes);
    });
  }

  /** A stream's predictions after a position, in order: the oldest `limit` of them. */
  async after(
    tx: Transaction,
    streamId: number,
    { position, receivedAtMs }: { position: number; receivedAtMs: number },
    limit: number,
  ): Promise<StoredRow[]> {
    const rows = await tx.query<{ position: string; received_at: Date; body: Prediction }[]>(
      `select position, received_at, body from prediction
       where stream_id = $1 and position > $2 and received_at >= $3 order by position limit $4`,
      [streamId, position, instantOf(receivedAtMs), limit],
    );
    return rows.map((row) => ({
      position: Number(row.position),
      receivedAtMs: row.received_at.getTime(),
      body: row.body,
    }));
  }
}

function keyLines(claims: readonly Claim[]): CopyLines {
  const instant = new InstantText();
  const lines = new CopyLines(claims.length);
  for (const { streamId, id, position, receivedAtMs } of claims) {
    lines.add(`${streamId}\t${copyField(id)}\t${position}\t${instant.of(receivedAtMs)}\n`);
  }
  return lines;
}

/** Arrays as PostgreSQL writes them: thousands of values are faster as one text than as a list for the driver. */
function arraysOf(claims: readonly Claim[]): string[] {
  const instant = new InstantText();
  let streamIds = '';
  let ids = '';
  let positions = '';
  let instants = '';
  for (const { streamId, id, position, receivedAtMs } of claims) {
    const comma = streamIds === '' ? '' : ',';
    streamIds += `${comma}${streamId}`;
    ids += `${comma}"${quotable.test(id) ? id.replace(quotables, '\\$&') : id}"`;
    positions += `${comma}${position}`;
    instants += `${comma}${instant.of(receivedAtMs)}`;
  }
  return [`{${streamIds}}`, `{${ids}}`, `{${positions}}`, `{${instants}}`];
}

const quotable = /["\\]/;
const quotables = /["\\]/g;
