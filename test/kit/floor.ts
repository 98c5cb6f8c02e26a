import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Prediction, Signal, WindowSignal } from '@watchfloor/contracts';
import { defaultPolicy, type Policy } from '@watchfloor/contracts';
import { FlagsService } from '../../apps/api/src/flags/flags.service.ts';
import { sqlStateOf, Work, type Transaction } from '../../apps/api/src/platform/database/work.ts';
import type { RegisteredStream } from '../../apps/api/src/streams/registered-stream.ts';
import { StreamsService } from '../../apps/api/src/streams/streams.service.ts';
import type { TestApp } from './app.ts';

/** A prediction with what detectors said of it. */
export interface Finding {
  readonly prediction: Omit<Prediction, 'stream' | 'id'> & { readonly id?: string };
  readonly signals: readonly Signal[];
  readonly isRepeated?: boolean;
}

/**
 * The way from detectors to flags, without lanes and detectors: specs say what was found. Predictions are stored and flags raised in
 * one transaction, as a lane does it.
 */
export class TestFloor {
  private readonly app: TestApp;
  private readonly positions = new Map<string, number>();

  constructor(app: TestApp) {
    this.app = app;
  }

  /** A registered stream; with `changes`, under a policy of its own. */
  async stream(
    name: string,
    changes: Partial<Policy> = {},
    task: 'label' | 'value' = 'label',
  ): Promise<RegisteredStream> {
    const streams = this.app.app.get(StreamsService);
    const first = { stream: name, id: 'first', ...(task === 'label' ? { label: 'fine' } : { value: 1 }) };
    await this.work.run((tx) => streams.register(tx, [first]));
    if (Object.keys(changes).length > 0) {
      const policy = { ...defaultPolicy, ...changes, review: { ...defaultPolicy.review, ...changes.review } };
      await this.work.run((tx) => streams.changePolicy(tx, name, { policy, byPerson: randomUUID() }));
    }
    const stream = streams.find(name);
    if (stream === undefined) throw new Error(`stream ${name} was not registered`);
    return stream;
  }

  /** Stores predictions and raises flags on them. @returns the ids of the predictions */
  async find(
    stream: RegisteredStream,
    findings: readonly Finding[],
    windows: readonly WindowSignal[] = [],
  ): Promise<string[]> {
    const now = Date.now();
    const from = this.positions.get(stream.name) ?? 0;
    this.positions.set(stream.name, from + findings.length);
    const predictions = findings.map(({ prediction, signals, isRepeated = false }, index) => {
      const position = from + index + 1;
      const observed = {
        prediction: { id: `p${position}`, ...prediction, stream: stream.name },
        position,
        receivedAtMs: now,
      };
      return { stream, observed, signals, isRepeated };
    });
    await this.makeToday();
    await this.work.run(async (tx) => {
      await storePredictions(tx, stream.id, predictions);
      await this.app.app
        .get(FlagsService)
        .raiseFrom(tx, { predictions, windows: windows.map((window) => ({ stream, window })) });
    });
    return predictions.map(({ observed }) => observed.prediction.id);
  }

  /** So many flags on predictions that the model was not sure of. */
  async findUnsure(stream: RegisteredStream, count: number): Promise<string[]> {
    return this.find(
      stream,
      Array.from({ length: count }, () => ({ prediction: { label: 'fine' }, signals: [unsure] })),
    );
  }

  get work(): Work {
    return this.app.app.get(Work);
  }

  private async makeToday(): Promise<void> {
    const today = new Date().toISOString().slice(0, 10);
    const tomorrow = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
    await this.work
      .run((tx) =>
        tx.query(
          `create table if not exists prediction_spec_${today.replaceAll('-', '')} partition of prediction
           for values from ('${today}T00:00:00Z') to ('${tomorrow}T00:00:00Z')`,
        ),
      )
      .catch((error: unknown) => {
        // Where the server has made the day's partition itself, there is nothing to do.
        if (sqlStateOf(error) !== '42P17') throw error;
      });
  }
}

export const unsure: Signal = {
  kind: 'low-confidence',
  score: 0.41,
  threshold: 0.7,
  reason: 'The model is unsure: 0.41, under 0.7',
  evidence: { confidence: 0.41 },
  policyVersion: 1,
};

/** Waits until something is so. @throws Error after ten seconds */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, patienceMs = 10_000): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end;) {
    if (await isSo()) return;
    await sleep(25);
  }
  throw new Error(`waited in vain until ${what}`);
}

interface Stored {
  readonly observed: { readonly prediction: Prediction; readonly position: number; readonly receivedAtMs: number };
  readonly signals: readonly Signal[];
}

async function storePredictions(tx: Transaction, streamId: number, predictions: readonly Stored[]): Promise<void> {
  if (predictions.length === 0) return;
  await tx.query(
    `insert into prediction (stream_id, position, received_at, id, label, value, confidence, signals, body)
     select $1, n.* from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::json[], $9::json[]) n`,
    [
      streamId,
      predictions.map(({ observed }) => observed.position),
      predictions.map(({ observed }) => new Date(observed.receivedAtMs).toISOString()),
      predictions.map(({ observed }) => observed.prediction.id),
      predictions.map(({ observed }) => observed.prediction.label ?? null),
      predictions.map(({ observed }) => observed.prediction.value ?? null),
      predictions.map(({ observed }) => observed.prediction.confidence ?? null),
      predictions.map(({ signals }) => JSON.stringify(signals)),
      predictions.map(({ observed }) => JSON.stringify(observed.prediction)),
    ],
  );
}
