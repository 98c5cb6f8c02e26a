import type { Prediction } from '@watchfloor/contracts';

/** A valid prediction on its way into the floor, and what became of it. */
export interface Arrival {
  /** Its place in the request. */
  readonly index: number;
  readonly prediction: Prediction;
  /** The JSON text that is stored. */
  readonly text: string;
  /** Set when the transaction that decided it has committed. */
  outcome: 'waiting' | 'accepted' | 'duplicate' | 'refused';
  /** Why it was refused. */
  reason?: string;
}

/** Arrivals of one request for one lane, in order: answered together. */
export class Parcel {
  readonly arrivals: readonly Arrival[];
  readonly bytes: number;
  /** Resolves when every arrival has its outcome; rejects when the lane could not decide them. */
  readonly done: Promise<void>;
  readonly settle: () => void;
  readonly fail: (error: unknown) => void;

  constructor(arrivals: readonly Arrival[], bytes: number) {
    this.arrivals = arrivals;
    this.bytes = bytes;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.done = promise;
    this.settle = () => resolve(undefined);
    this.fail = reject;
  }
}
