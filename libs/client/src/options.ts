import type { ItemRejection, Outcome, Prediction } from '@watchfloor/contracts';

/** How to reach a Watchfloor server, and what to do when it is slow or away. */
export interface ClientOptions {
  /** The server's address, `https://floor.example`. */
  readonly url: string;
  /** An ingest key. */
  readonly key: string;
  /** Items in one request at most. Default 500. */
  readonly batchItems?: number;
  /** Bytes in one request at most; a larger single item goes alone. Default 1 MiB. */
  readonly batchBytes?: number;
  /** How long an item may wait for company, in milliseconds. Default 20. */
  readonly batchWaitMs?: number;
  /** Items waiting in memory at most. Default 20,000. */
  readonly queueItems?: number;
  /**
   * What `send` does with a full queue: `wait` for room (default), `drop` the item and count it, or `reject` with
   * {@link QueueFull}, which counts as dropped, too.
   */
  readonly whenFull?: 'wait' | 'drop' | 'reject';
  /** One request may take so long, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /** A batch is tried for so long, then counted as lost. Default 300,000. */
  readonly giveUpAfterMs?: number;
  /**
   * Called for each item that the server refused; it is not sent again. What a callback throws, the next `flush` or `close`
   * throws.
   */
  readonly onRejected?: (item: Prediction | Outcome, rejection: ItemRejection) => void;
  /** Called when a batch was given up. */
  readonly onLost?: (items: readonly (Prediction | Outcome)[], reason: string) => void;
}

/** Time and chance; a test hands in its own. */
export interface Environment {
  /** Milliseconds of a steady clock. */
  nowMs(): number;
  /** Resolves after so many milliseconds, or at once when `signal` is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** A random number in [0, 1), for the jitter of retries. */
  chance(): number;
}

/** Thrown by `send` and `outcome` when the queue is full and `whenFull` is `reject`. */
export class QueueFull extends Error {}

/** Thrown by `send` and `outcome` after `close`. */
export class ClientClosed extends Error {}

/** What became of all items so far. */
export interface Counts {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** Left out because the queue was full. */
  readonly dropped: number;
  /** Given up: after retries, or when `close` ran out of time. Some of these may have been stored. */
  readonly lost: number;
}
