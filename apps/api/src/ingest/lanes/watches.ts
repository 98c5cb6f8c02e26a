import { Injectable } from '@nestjs/common';
import { epochMsOf } from '@watchfloor/contracts';
import { loadWatch, startWatch, type AuditKey } from '@watchfloor/detection';
import type { Transaction } from '../../platform/database/work.ts';
import { AuditKeys } from '../../streams/audit-keys.ts';
import { StreamRisk } from '../../risk/stream-risk.ts';
import type { RegisteredStream } from '../../streams/registered-stream.ts';
import { PredictionStore } from './prediction-store.ts';
import type { SavedWatch } from './watch-store.ts';
import { WatchStore } from './watch-store.ts';
import { WatchedStream } from './watched-stream.ts';

const replayPage = 2_000;
const streamPage = 500;

/** Brings streams into memory: the saved watch, and on it what came later, looked at again in the same order. */
@Injectable()
export class Watches {
  constructor(
    private readonly store: WatchStore,
    private readonly predictions: PredictionStore,
    private readonly auditKeys: AuditKeys,
  ) {}

  /** A stream without a past. */
  start(stream: RegisteredStream): WatchedStream {
    return newWatchedStream(stream, this.auditKeys.key);
  }

  /**
   * What the detectors say while they replay is dropped: it was decided together with the predictions, in their own
   * transaction.
   */
  async load(tx: Transaction, streams: readonly RegisteredStream[]): Promise<WatchedStream[]> {
    const loaded: WatchedStream[] = [];
    for (let start = 0; start < streams.length; start += streamPage) {
      const page = streams.slice(start, start + streamPage);
      const ids = page.map(({ id }) => id);
      const saved = await this.store.find(tx, ids);
      const behind = await this.store.behind(tx, ids);
      for (const stream of page) {
        const watched = watchedOf(stream, saved.get(stream.id), this.auditKeys.key);
        if (behind.has(stream.id)) await this.replay(tx, watched);
        loaded.push(watched);
      }
    }
    return loaded;
  }

  private async replay(tx: Transaction, watched: WatchedStream): Promise<void> {
    for (;;) {
      const rows = await this.predictions.after(tx, watched.stream.id, watched, replayPage);
      for (const { body, position, receivedAtMs } of rows) {
        watched.next(body, receivedAtMs);
        if (position !== watched.position) {
          throw new Error(
            `${watched.stream.name} lacks prediction ${watched.position}: the next one stored is ${position}`,
          );
        }
      }
      if (rows.length < replayPage) return;
    }
  }
}

function newWatchedStream(stream: RegisteredStream, key: AuditKey): WatchedStream {
  const at = { position: 0, receivedAtMs: epochMsOf(stream.registeredAt) };
  return new WatchedStream(stream, startWatch(), StreamRisk.start(stream.policy), at, key);
}

function watchedOf(stream: RegisteredStream, saved: SavedWatch | undefined, key: AuditKey): WatchedStream {
  return saved === undefined
    ? newWatchedStream(stream, key)
    : new WatchedStream(stream, loadWatch(saved.state), riskOf(stream, saved), saved, key);
}

/** A risk that this version of the program cannot read begins a new epoch: nothing stays certified that is not understood. */
function riskOf({ policy }: RegisteredStream, { risk, riskEpoch }: SavedWatch): StreamRisk {
  if (risk === null) return StreamRisk.start(policy, riskEpoch + 1);
  try {
    return StreamRisk.load(policy, risk);
  } catch {
    return StreamRisk.start(policy, riskEpoch + 1);
  }
}
