import { Injectable } from '@nestjs/common';
import { epochMsOf } from '@watchfloor/contracts';
import { loadWatch, startWatch, type AuditKey, type StreamWatch } from '@watchfloor/detection';
import type { Transaction } from '../../platform/database/work.ts';
import { AuditKeys } from '../../streams/audit-keys.ts';
import { StreamRisk } from '../../risk/stream-risk.ts';
import type { RegisteredStream } from '../../streams/registered-stream.ts';
import { PredictionStore } from './prediction-store.ts';
import type { SavedWatch } from './watch-store.ts';
import { WatchStore } from './watch-store.ts';
import { WatchedStream, type StreamPlace } from './watched-stream.ts';

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
        const found = saved.get(stream.id);
        const kept = readable(found);
        const watched = watchedOf(stream, found, kept, this.auditKeys.key);
        if (kept === undefined && found !== undefined) await this.skipForgotten(tx, watched, found);
        if (behind.has(stream.id) || kept === undefined) await this.replay(tx, watched);
        loaded.push(watched);
      }
    }
    return loaded;
  }

  /** A watch that begins anew begins with the oldest prediction that is still kept; those before it need none any more. */
  private async skipForgotten(tx: Transaction, watched: WatchedStream, at: StreamPlace): Promise<void> {
    const [oldest] = await this.predictions.after(tx, watched.stream.id, watched, 1);
    watched.position = oldest === undefined ? at.position : oldest.position - 1;
    watched.receivedAtMs = oldest?.receivedAtMs ?? at.receivedAtMs;
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

/** @param riskEpoch default: the first */
function newWatchedStream(stream: RegisteredStream, key: AuditKey, riskEpoch?: number): WatchedStream {
  const at = { position: 0, receivedAtMs: epochMsOf(stream.registeredAt) };
  return new WatchedStream(stream, startWatch(), StreamRisk.start(stream.policy, riskEpoch), at, key);
}

/** A saved watch with its memory. */
type Kept = SavedWatch & { readonly watch: StreamWatch };

/** What another version of the program saved is as good as lost: the watch is made again from the predictions. */
function readable(saved: SavedWatch | undefined): Kept | undefined {
  if (saved === undefined) return undefined;
  try {
    return { ...saved, watch: loadWatch(saved.state) };
  } catch {
    return undefined;
  }
}

function watchedOf(
  stream: RegisteredStream,
  saved: SavedWatch | undefined,
  kept: Kept | undefined,
  key: AuditKey,
): WatchedStream {
  return kept === undefined
    ? newWatchedStream(stream, key, saved === undefined ? undefined : saved.riskEpoch + 1)
    : new WatchedStream(stream, kept.watch, riskOf(stream, kept), kept, key);
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
