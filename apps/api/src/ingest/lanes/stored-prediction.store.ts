import { Injectable } from '@nestjs/common';
import type { Outcome, Prediction, PredictionRow, Signal } from '@watchfloor/contracts';
import type { Transaction } from '../../platform/database/work.ts';

/** A prediction as it lies in the database. */
export interface FoundPrediction {
  readonly prediction: Prediction;
  readonly position: number;
  readonly receivedAt: string;
  readonly signals: readonly Signal[];
}

interface Row {
  readonly id: string;
  readonly position: string;
  readonly received_at: Date;
  readonly label: string | null;
  readonly value: number | null;
  readonly confidence: number | null;
  readonly is_flagged: boolean;
}

/** Stored predictions for readers. Writing them is the lanes' own. */
@Injectable()
export class StoredPredictionStore {
  /** The newest predictions of a stream, before a position where one is given. */
  async newest(tx: Transaction, streamId: number, before: number | null, limit: number): Promise<PredictionRow[]> {
    const rows = await tx.query<Row[]>(
      `select id, position, received_at, label, value, confidence, signals is not null as is_flagged
       from prediction where stream_id = $1 and ($2::bigint is null or position < $2)
       order by position desc limit $3`,
      [streamId, before, limit],
    );
    return rows.map(({ label, value, confidence, ...row }) => ({
      id: row.id,
      position: Number(row.position),
      receivedAt: row.received_at.toISOString(),
      ...(label !== null && { label }),
      ...(value !== null && { value }),
      ...(confidence !== null && { confidence }),
      isFlagged: row.is_flagged,
    }));
  }

  /** @returns the prediction; undefined when its stream never saw the id, or keeps it no longer */
  async find(tx: Transaction, streamId: number, id: string): Promise<FoundPrediction | undefined> {
    const [row] = await tx.query<{ position: string; received_at: Date; signals: Signal[] | null; body: Prediction }[]>(
      `select prediction.position, prediction.received_at, signals, body
       from prediction_key key
       join prediction on prediction.stream_id = key.stream_id
         and prediction.position = key.position and prediction.received_at = key.received_at
       where key.stream_id = $1 and key.id = $2`,
      [streamId, id],
    );
    if (row === undefined) return undefined;
    return {
      prediction: row.body,
      position: Number(row.position),
      receivedAt: row.received_at.toISOString(),
      signals: row.signals ?? [],
    };
  }

  /** What turned out to be true of a prediction, null while nobody has said. */
  async outcome(tx: Transaction, stream: { id: number; name: string }, id: string): Promise<Outcome | null> {
    const [row] = await tx.query<{ label: string | null; value: number | null; at: Date }[]>(
      'select label, value, at from outcome where stream_id = $1 and id = $2',
      [stream.id, id],
    );
    if (row === undefined) return null;
    const { label, value, at } = row;
    return {
      stream: stream.name,
      id,
      ...(label !== null && { label }),
      ...(value !== null && { value }),
      at: at.toISOString(),
    };
  }
}
