import { Injectable } from '@nestjs/common';
import type { RiskPlan } from '@watchfloor/contracts';
import type { AuditPlan } from '@watchfloor/detection';
import type { Transaction } from '../platform/database/work.ts';
import type { Adjudicated } from './adjudicated.ts';

/** What is kept of a stream besides what goes with its predictions. */
export interface KeptRisk {
  /** The last entry of the record that is folded in. */
  readonly number: number;
  readonly calibration: string | null;
}

export interface NewPlan extends AuditPlan {
  readonly streamId: number;
  readonly afterPosition: number;
  readonly epoch: number;
}

export type PlanRow = RiskPlan & { readonly epoch: number };

/** An answer with the place of its prediction. */
export interface StoredAnswer {
  readonly position: number;
  readonly probability: number;
  readonly isError: boolean;
}

/** The risk room's tables. */
@Injectable()
export class RiskStore {
  /** How far the record is folded in, for all streams. */
  async cursor(tx: Transaction): Promise<number> {
    const [row] = await tx.query<[{ number: string }]>('select number from risk_cursor');
    return Number(row.number);
  }

  async moveCursor(tx: Transaction, number: number): Promise<void> {
    await tx.query('update risk_cursor set number = greatest(number, $1)', [number]);
  }

  /** A stream's row, locked until the transaction ends. */
  async lock(tx: Transaction, streamId: number): Promise<KeptRisk> {
    await tx.query('insert into stream_risk (stream_id, number) values ($1, 0) on conflict do nothing', [streamId]);
    const [row] = await tx.query<[{ number: string; calibration: string | null }]>(
      'select number, calibration from stream_risk where stream_id = $1 for update',
      [streamId],
    );
    return { number: Number(row.number), calibration: row.calibration };
  }

  async find(tx: Transaction, streamId: number): Promise<KeptRisk | undefined> {
    const [row] = await tx.query<{ number: string; calibration: string | null }[]>(
      'select number, calibration from stream_risk where stream_id = $1',
      [streamId],
    );
    return row === undefined ? undefined : { number: Number(row.number), calibration: row.calibration };
  }

  async save(tx: Transaction, streamId: number, { number, calibration }: KeptRisk): Promise<void> {
    await tx.query('update stream_risk set number = $2, calibration = $3 where stream_id = $1', [
      streamId,
      number,
      calibration,
    ]);
  }

  /** Keeps answers; the first about a prediction stands. */
  async addAnswers(tx: Transaction, streamId: number, answers: readonly Adjudicated[]): Promise<void> {
    if (answers.length === 0) return;
    const column = <Key extends keyof Adjudicated>(key: Key) => answers.map((each) => each[key]);
    await tx.query(
      `insert into risk_answer (stream_id, position, number, at, prediction_id, probability, confidence, is_error, by)
       select $1, * from unnest($2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[], $6::float8[], $7::float8[], $8::bool[], $9::text[])
       on conflict do nothing`,
      [
        streamId,
        column('position'),
        column('number'),
        column('at'),
        column('predictionId'),
        column('probability'),
        column('confidence'),
        column('isError'),
        column('by'),
      ],
    );
  }

  /** Answers about a stretch of positions, in order. */
  async answers(tx: Transaction, streamId: number, from: number, to: number): Promise<StoredAnswer[]> {
    const rows = await tx.query<{ position: string; probability: number; is_error: boolean }[]>(
      `select position, probability, is_error from risk_answer
       where stream_id = $1 and position between $2 and $3 order by position`,
      [streamId, from, to],
    );
    return rows.map(({ position, probability, is_error: isError }) => ({
      position: Number(position),
      probability,
      isError,
    }));
  }

  async addPlan(tx: Transaction, { streamId, afterPosition, epoch, certified, above, below }: NewPlan): Promise<void> {
    await tx.query(
      'insert into risk_plan (stream_id, after_position, epoch, certified, above, below) values ($1, $2, $3, $4, $5, $6)',
      [streamId, afterPosition, epoch, certified, above, below],
    );
  }

  /** The newest plans, oldest first. */
  async plans(tx: Transaction, streamId: number, limit: number): Promise<PlanRow[]> {
    const rows = await tx.query<
      { after_position: string; at: Date; epoch: number; certified: number | null; above: number; below: number }[]
    >(
      `select after_position, at, epoch, certified, above, below from risk_plan
       where stream_id = $1 order by after_position desc, place desc limit $2`,
      [streamId, limit],
    );
    return rows
      .map(({ after_position: afterPosition, at, ...plan }) => ({
        ...plan,
        afterPosition: Number(afterPosition),
        at: at.toISOString(),
      }))
      .reverse();
  }
}
