import type { WatchedStream } from './watched-stream.ts';

/** A watch with anything unsaved is saved after so long, if nothing else has it saved before. */
const savedEveryMs = 30_000;

/** The streams of one lane that are in memory. What is not, is read when it is needed. */
export class LaneMemory {
  private readonly byName = new Map<string, WatchedStream>();
  /** Whether streams of this lane may be missing here. */
  isPartial = true;

  get(name: string): WatchedStream | undefined {
    return this.byName.get(name);
  }

  add(watched: WatchedStream): void {
    this.byName.set(watched.stream.name, watched);
  }

  streams(): Iterable<WatchedStream> {
    return this.byName.values();
  }

  /** Drops a stream whose memory is ahead of the database, after a failed transaction. */
  forget({ stream }: WatchedStream): void {
    this.byName.delete(stream.name);
    this.isPartial = true;
  }

  forgetAll(): void {
    this.byName.clear();
    this.isPartial = true;
  }

  /** Streams that have waited long enough to be saved, the first `limit` of them. */
  dueForSaving(nowMs: number, limit: number): WatchedStream[] {
    const due: WatchedStream[] = [];
    for (const watched of this.byName.values()) {
      if (watched.position > watched.savedPosition && nowMs - watched.savedAtMs >= savedEveryMs) due.push(watched);
      if (due.length === limit) break;
    }
    return due;
  }

  unsaved(): WatchedStream[] {
    return [...this.byName.values()].filter(({ position, savedPosition }) => position > savedPosition);
  }
}
