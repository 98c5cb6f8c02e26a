import { Injectable } from '@nestjs/common';
import { FlagsService } from '../../flags/flags.service.ts';
import type { FlaggedWindow } from '../../flags/lane-findings.ts';
import type { Transaction } from '../../platform/database/work.ts';
import { Work } from '../../platform/database/work.ts';
import type { StreamMinute } from '../../streams/minute-store.ts';
import { MinuteStore } from '../../streams/minute-store.ts';
import { StreamsService } from '../../streams/streams.service.ts';
import { gatherWindows } from './fold.ts';
import type { LaneMemory } from './lane-memory.ts';
import { laneOf } from './lane-of.ts';
import type { LaneTenure } from './lane-ownership.ts';
import { LaneOwnership } from './lane-ownership.ts';
import type { WatchedStream } from './watched-stream.ts';
import { WatchStore } from './watch-store.ts';
import { Watches } from './watches.ts';

/** The most watches that one look at the clock saves: the rest waits for the next. */
const savedAtOnce = 200;

/** Work between two predictions of a stream: it may change what the lane remembers of it, which is saved with it. */
export type LaneErrand<Result> = (tx: Transaction, watched: WatchedStream | undefined) => Promise<Result>;

/** What a lane does when no predictions ask for it: silence, minutes that are over, watches to save. */
@Injectable()
export class ClockTurn {
  constructor(
    private readonly work: Work,
    private readonly ownership: LaneOwnership,
    private readonly streams: StreamsService,
    private readonly watches: Watches,
    private readonly watchStore: WatchStore,
    private readonly minutes: MinuteStore,
    private readonly flags: FlagsService,
  ) {}

  /** Lets the detectors look at the clock. Nothing is written unless they have something to say. */
  async look(tenure: LaneTenure, memory: LaneMemory): Promise<void> {
    const nowMs = await this.work.read((tx) => this.ownership.openTurn(tx, [tenure]));
    await this.bringMissing(tenure, memory);
    const windows: FlaggedWindow[] = [];
    const minutes: StreamMinute[] = [];
    const speaking = new Set<WatchedStream>();
    for (const watched of memory.streams()) {
      watched.follow(this.streams.find(watched.stream.name) ?? watched.stream);
      const finding = watched.lookAtClock(nowMs);
      if (finding.windows.length === 0 && finding.minutes.length === 0) continue;
      gatherWindows(finding, watched, windows, minutes);
      // A window is found once: no replay may begin before it.
      if (finding.windows.length > 0) speaking.add(watched);
    }
    for (const watched of memory.dueForSaving(nowMs, savedAtOnce)) speaking.add(watched);
    if (speaking.size === 0 && minutes.length === 0) return;
    await this.write({ tenure, memory, nowMs, watched: [...speaking] }, async (tx) => {
      await this.flags.raiseFrom(tx, { predictions: [], windows });
      await this.minutes.save(tx, minutes);
    });
  }

  /** Saves what is not saved yet: the next start then has nothing to replay. */
  async saveAll(tenure: LaneTenure, memory: LaneMemory): Promise<void> {
    const watched = memory.unsaved();
    for (let start = 0; start < watched.length; start += savedAtOnce) {
      const page = watched.slice(start, start + savedAtOnce);
      await this.write({ tenure, memory, nowMs: 0, watched: page }, async () => undefined);
    }
  }

  /**
   * Runs work that changes how a stream is looked at, between its predictions: the watch is saved with it, so that a replay
   * looks at each prediction under the same settings as the first time.
   */
  async between<Result>(
    { tenure, memory, stream }: { tenure: LaneTenure; memory: LaneMemory; stream: string },
    work: LaneErrand<Result>,
  ): Promise<Result> {
    await this.bringMissing(tenure, memory);
    const watched = memory.get(stream);
    return this.write({ tenure, memory, nowMs: 0, watched: watched === undefined ? [] : [watched] }, (tx) =>
      work(tx, watched),
    );
  }

  private async write<Result>(
    {
      tenure,
      memory,
      nowMs,
      watched,
    }: { tenure: LaneTenure; memory: LaneMemory; nowMs: number; watched: WatchedStream[] },
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    try {
      const result = await this.work.run(async (tx) => {
        await this.ownership.openTurn(tx, [tenure]);
        const done = await work(tx);
        await this.watchStore.save(tx, watched);
        return done;
      });
      for (const each of watched) each.markSaved(nowMs);
      return result;
    } catch (error) {
      // They may remember a window that nobody was told of.
      for (const each of watched) memory.forget(each);
      throw error;
    }
  }

  /** Silence must be noticed in streams, too, from which nothing has come since the start. */
  private async bringMissing({ lane }: LaneTenure, memory: LaneMemory): Promise<void> {
    if (!memory.isPartial) return;
    const missing = this.streams.all().filter(({ name }) => laneOf(name) === lane && memory.get(name) === undefined);
    for (const watched of await this.work.read((tx) => this.watches.load(tx, missing))) memory.add(watched);
    memory.isPartial = false;
  }
}
