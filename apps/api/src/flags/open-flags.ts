import { Injectable } from '@nestjs/common';
import { priorities, type Priority } from '@watchfloor/contracts';
import type { Transaction } from '../platform/database/work.ts';

/** How many flags of a stream wait for an answer, by priority. */
export type OpenCounts = Readonly<Record<Priority, number>>;

interface StreamCounts {
  readonly byPriority: Record<Priority, number>;
  /** Those on single predictions, for the bound on them. */
  onPredictions: number;
}

/** Counts are read anew after so long. */
const freshForMs = 1_000;

/**
 * Unanswered flags of every stream: one query for all of them, at most once a second, and in between what this instance has
 * raised itself. Good enough for a tile and for a bound that protects people from a flood.
 */
@Injectable()
export class OpenFlags {
  private counts = new Map<number, StreamCounts>();
  private readAt = -Infinity;

  async refresh(tx: Transaction): Promise<void> {
    const startedAt = performance.now();
    if (startedAt - this.readAt < freshForMs) {
      return;
    }
    const rows = await tx.query<{ stream_id: number; priority: number; all: number; single: number }[]>(
      `select stream_id, priority, count(*)::int as all, count(*) filter (where cause is null)::int as single
       from flag where state in ('open', 'claimed', 'snoozed') group by stream_id, priority`,
    );
    this.counts = new Map();
    this.readAt = startedAt;
    for (const { stream_id: streamId, priority, all, single } of rows) {
      this.add(streamId, priorities[priority - 1] ?? 'P4', all, single);
    }
  }

  /** Adds flags that this instance raises, before the next reading finds them. */
  raised(streamId: number, priority: Priority, isOnPrediction: boolean): void {
    this.add(streamId, priority, 1, isOnPrediction ? 1 : 0);
  }

  of(streamId: number): OpenCounts {
    return this.counts.get(streamId)?.byPriority ?? none;
  }

  onPredictions(streamId: number): number {
    return this.counts.get(streamId)?.onPredictions ?? 0;
  }

  private add(streamId: number, priority: Priority, all: number, single: number): void {
    const counts = this.counts.get(streamId) ?? { byPriority: { ...none }, onPredictions: 0 };
    counts.byPriority[priority] += all;
    counts.onPredictions += single;
    this.counts.set(streamId, counts);
  }
}

const none: OpenCounts = { P1: 0, P2: 0, P3: 0, P4: 0 };
