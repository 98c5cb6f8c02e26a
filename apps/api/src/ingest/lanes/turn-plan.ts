import type { Prediction } from '@watchfloor/contracts';
import type { Arrival } from './arrival.ts';
import type { Claim } from './prediction-store.ts';
import type { WatchedStream } from './watched-stream.ts';

/** An arrival with the place in its stream that it gets if its id is new. */
export interface Placed extends Claim {
  readonly arrival: Arrival;
  readonly prediction: Prediction;
  readonly watched: WatchedStream;
}

/** Gives arrivals the next positions of their streams, in order. */
export function place(
  arrivals: readonly Arrival[],
  streams: ReadonlyMap<string, WatchedStream>,
  nowMs: number,
): Placed[] {
  const last = new Map<WatchedStream, number>();
  const placed: Placed[] = [];
  for (const arrival of arrivals) {
    const { prediction } = arrival;
    const watched = streams.get(prediction.stream);
    if (watched === undefined) continue;
    const position = (last.get(watched) ?? watched.position) + 1;
    last.set(watched, position);
    placed.push({
      arrival,
      prediction,
      watched,
      streamId: watched.stream.id,
      id: prediction.id,
      position,
      // A clock that was set back must not turn a stream's order around.
      receivedAtMs: Math.max(nowMs, watched.receivedAtMs),
    });
  }
  return placed;
}

/**
 * Closes the gaps that duplicates leave.
 *
 * @param duplicates indexes into `placed`, in order
 * @returns what is left, with positions without gaps; and of it what has moved
 */
export function closeGaps(
  placed: readonly Placed[],
  duplicates: readonly number[],
): { kept: Placed[]; moved: Placed[] } {
  const dropped = new Set(duplicates);
  const gaps = new Map<WatchedStream, number>();
  const kept: Placed[] = [];
  const moved: Placed[] = [];
  for (const [index, each] of placed.entries()) {
    const gap = gaps.get(each.watched) ?? 0;
    if (dropped.has(index)) {
      gaps.set(each.watched, gap + 1);
    } else if (gap === 0) {
      kept.push(each);
    } else {
      const closer = { ...each, position: each.position - gap };
      kept.push(closer);
      moved.push(closer);
    }
  }
  return { kept, moved };
}
