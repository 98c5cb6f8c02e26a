import { Injectable } from '@nestjs/common';
import type { Adjudicator, Instant } from '@watchfloor/contracts';
import type { Transaction } from '../platform/database/work.ts';

/** A prediction that chance drew for the audit, with the flag that asks about it first. */
export interface DrawnPrediction {
  readonly flagId: string;
  readonly streamId: number;
  readonly position: number;
  readonly receivedAt: Instant;
  readonly predictionId: string;
  readonly probability: number;
  readonly draw: number;
  /** The model's own; null where it gave none. */
  readonly confidence: number | null;
}

/** A drawn prediction whose audit is not over, held until the transaction ends. */
export interface OpenAudit extends DrawnPrediction {
  readonly stream: string;
  readonly secondLookId: string | null;
  /** The confirmation that becomes its answer. */
  readonly finalVerdictId: string | null;
}

/** What became of what chance drew. Whoever changes a pair of flags holds the row of its audit first. */
@Injectable()
export class AuditStore {
  async add(tx: Transaction, drawn: readonly DrawnPrediction[]): Promise<void> {
    if (drawn.length === 0) {
      return;
    }
    await tx.query(
      `insert into flag_audit (flag_id, stream_id, position, received_at, prediction_id, probability, draw, confidence)
       select * from unnest($1::uuid[], $2::int[], $3::bigint[], $4::timestamptz[], $5::text[], $6::float8[], $7::float8[], $8::float8[])`,
      [
        drawn.map(({ flagId }) => flagId),
        drawn.map(({ streamId }) => streamId),
        drawn.map(({ position }) => position),
        drawn.map(({ receivedAt }) => receivedAt),
        drawn.map(({ predictionId }) => predictionId),
        drawn.map(({ probability }) => probability),
        drawn.map(({ draw }) => draw),
        drawn.map(({ confidence }) => confidence),
      ],
    );
  }

  /** Holds the audit that a flag belongs to, be it the first or the second look; before the flag itself is held. */
  async lockOf(tx: Transaction, flagId: string): Promise<void> {
    await tx.query(
      `select from flag_audit where flag_id = (select coalesce(second_look_of, id) from flag where id = $1) for update`,
      [flagId],
    );
  }

  /** The open audit of a first flag. */
  async find(tx: Transaction, flagId: string): Promise<OpenAudit | undefined> {
    return (await this.select(tx, 'a.flag_id = $1 and a.adjudicated_at is null', [flagId]))[0];
  }

  /** Audits whose confirmation has become final. */
  async lockFinal(tx: Transaction, limit: number): Promise<OpenAudit[]> {
    return this.select(
      tx,
      'a.final_at <= now() and a.adjudicated_at is null order by a.final_at limit $1 for update of a skip locked',
      [limit],
    );
  }

  /**
   * Audits whose second look nobody has taken in time.
   *
   * @param outlived where given, those of one stream whose prediction was accepted before an instant instead
   */
  async lockLapsing(
    tx: Transaction,
    limit: number,
    outlived?: { readonly streamId: number; readonly before: Instant },
  ): Promise<OpenAudit[]> {
    const isDue = outlived === undefined ? 'l.due_at <= now()' : 'l.stream_id = $2 and l.received_at < $3';
    return this.select(
      tx,
      `a.adjudicated_at is null and a.second_look_id in (
         select l.id from flag l where l.second_look_of is not null and l.state in ('open', 'claimed', 'snoozed') and ${isDue}
         limit $1
       ) for update of a skip locked`,
      [limit, ...(outlived === undefined ? [] : [outlived.streamId, outlived.before])],
    );
  }

  /** Open audits of predictions whose truth has come. */
  async lockByPrediction(
    tx: Transaction,
    predictions: readonly { readonly streamId: number; readonly id: string }[],
  ): Promise<OpenAudit[]> {
    return this.select(
      tx,
      `a.adjudicated_at is null and (a.stream_id, a.prediction_id) in (select * from unnest($1::int[], $2::text[]))
       order by a.flag_id for update of a`,
      [predictions.map(({ streamId }) => streamId), predictions.map(({ id }) => id)],
    );
  }

  /** @param secondLookId null once it is withdrawn */
  async setSecondLook(tx: Transaction, flagId: string, secondLookId: string | null): Promise<void> {
    await tx.query(
      'update flag_audit set second_look_id = $2, final_at = null, final_verdict_id = null where flag_id = $1',
      [flagId, secondLookId],
    );
  }

  /** The confirmation that will be the answer of the audit, and from when on; null for none any more. */
  async setFinal(
    tx: Transaction,
    flagId: string,
    final: { readonly at: Instant; readonly verdictId: string } | null,
  ): Promise<void> {
    await tx.query('update flag_audit set final_at = $2, final_verdict_id = $3 where flag_id = $1', [
      flagId,
      final?.at ?? null,
      final?.verdictId ?? null,
    ]);
  }

  async end(
    tx: Transaction,
    endings: readonly { readonly audit: OpenAudit; readonly isError: boolean; readonly by: Adjudicator }[],
  ): Promise<void> {
    await tx.query(
      `update flag_audit a set is_error = n.is_error, adjudicated_by = n.by, adjudicated_at = now()
       from unnest($1::uuid[], $2::bool[], $3::text[]) as n (flag_id, is_error, by) where a.flag_id = n.flag_id`,
      [endings.map(({ audit }) => audit.flagId), endings.map(({ isError }) => isError), endings.map(({ by }) => by)],
    );
  }

  /** Remembers that somebody has a drawn flag in hand, and so sees the model's answer. */
  async remember(tx: Transaction, flagId: string, personId: string): Promise<void> {
    await tx.query('insert into flag_holder (flag_id, person_id) values ($1, $2) on conflict do nothing', [
      flagId,
      personId,
    ]);
  }

  /** Who has had a flag in hand, or answered it. */
  async holders(tx: Transaction, flagId: string): Promise<string[]> {
    const rows = await tx.query<{ person_id: string }[]>('select person_id from flag_holder where flag_id = $1', [
      flagId,
    ]);
    return rows.map(({ person_id: id }) => id);
  }

  private async select(tx: Transaction, where: string, parameters: unknown[]): Promise<OpenAudit[]> {
    const rows = await tx.query<AuditRow[]>(
      `select a.*, f.stream from flag_audit a join flag f on f.id = a.flag_id where ${where}`,
      parameters,
    );
    return rows.map((row) => ({
      flagId: row.flag_id,
      stream: row.stream,
      streamId: row.stream_id,
      position: Number(row.position),
      receivedAt: row.received_at.toISOString(),
      predictionId: row.prediction_id,
      probability: row.probability,
      draw: row.draw,
      confidence: row.confidence,
      secondLookId: row.second_look_id,
      finalVerdictId: row.final_verdict_id,
    }));
  }
}

interface AuditRow {
  readonly flag_id: string;
  readonly stream: string;
  readonly stream_id: number;
  readonly position: string;
  readonly received_at: Date;
  readonly prediction_id: string;
  readonly probability: number;
  readonly draw: number;
  readonly confidence: number | null;
  readonly second_look_id: string | null;
  readonly final_verdict_id: string | null;
}
