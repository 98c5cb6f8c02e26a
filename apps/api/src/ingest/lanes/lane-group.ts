import type { LaneMemory } from './lane-memory.ts';
import { laneOf } from './lane-of.ts';
import type { LaneTenure } from './lane-ownership.ts';
import type { LaneQueue } from './lane-queue.ts';
import type { WatchedStream } from './watched-stream.ts';

/** A lane that this server owns, between two turns of its own. */
export interface OwnedLane {
  readonly tenure: LaneTenure;
  readonly memory: LaneMemory;
  readonly queue: LaneQueue;
}

/** Lanes that store together, in one transaction. */
export class LaneGroup {
  readonly lanes: readonly OwnedLane[];
  private readonly memories: ReadonlyMap<number, LaneMemory>;

  constructor(lanes: readonly OwnedLane[]) {
    this.lanes = lanes;
    this.memories = new Map(lanes.map(({ tenure, memory }) => [tenure.lane, memory]));
  }

  get tenures(): LaneTenure[] {
    return this.lanes.map(({ tenure }) => tenure);
  }

  /** A stream in memory; undefined when it is not there. */
  find(stream: string): WatchedStream | undefined {
    return this.memoryOf(stream).get(stream);
  }

  /** Takes streams into memory as they are after a commit. */
  add(streams: Iterable<WatchedStream>): void {
    for (const watched of streams) this.memoryOf(watched.stream.name).add(watched);
  }

  /** Drops streams whose memory is ahead of the database, after a failed transaction. */
  forget(streams: Iterable<WatchedStream>): void {
    for (const watched of streams) this.memoryOf(watched.stream.name).forget(watched);
  }

  private memoryOf(stream: string): LaneMemory {
    const memory = this.memories.get(laneOf(stream));
    if (memory === undefined) throw new Error(`${stream} is a stream of another lane`);
    return memory;
  }
}
