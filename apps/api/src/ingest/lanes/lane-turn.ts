import { Injectable } from '@nestjs/common';
import type { Prediction } from '@watchfloor/contracts';
import { FlagsService } from '../../flags/flags.service.ts';
import type { Transaction } from '../../platform/database/work.ts';
import { Work } from '../../platform/database/work.ts';
import { MinuteStore } from '../../streams/minute-store.ts';
import { maxStreams, StreamsService } from '../../streams/streams.service.ts';
import { TickSource } from '../../streams/tick-source.ts';
import type { Arrival } from './arrival.ts';
import type { Fold } from './fold.ts';
import { fold } from './fold.ts';
import type { LaneGroup } from './lane-group.ts';
import { LaneOwnership } from './lane-ownership.ts';
import { PredictionStore } from './prediction-store.ts';
import type { Placed } from './turn-plan.ts';
import { closeGaps, place } from './turn-plan.ts';
import type { WatchedStream } from './watched-stream.ts';
import { WatchStore } from './watch-store.ts';
import { Watches } from './watches.ts';

const floorIsFull = `there are ${maxStreams} streams already; this one is not registered`;

/** A stream's watch is saved after so many predictions at the latest: that much is replayed after a crash. */
const savedEvery = 4_096;

interface Turn {
  readonly group: LaneGroup;
  readonly arrivals: readonly Arrival[];
  /** The streams of these arrivals, by name; filled by the turn. */
  readonly touched: Map<string, WatchedStream>;
}

interface Stored {
  readonly placed: readonly Placed[];
  readonly kept: readonly Placed[];
  readonly fold: Fold;
  readonly saved: readonly WatchedStream[];
  readonly nowMs: number;
}

/** One turn of one or several lanes: a batch of arrivals, one transaction, all of it or nothing. */
@Injectable()
export class LaneTurn {
  constructor(
    private readonly work: Work,
    private readonly ownership: LaneOwnership,
    private readonly streams: StreamsService,
    private readonly watches: Watches,
    private readonly watchStore: WatchStore,
    private readonly predictions: PredictionStore,
    private readonly minutes: MinuteStore,
    private readonly flags: FlagsService,
    private readonly ticks: TickSource,
  ) {}

  /**
   * Stores arrivals with all that follows from them. When it returns, it is committed and every arrival has its outcome. When
   * it throws, nothing is stored, and the memory of the streams in question is forgotten, to be read anew.
   */
  async take(group: LaneGroup, arrivals: readonly Arrival[]): Promise<void> {
    const touched = new Map<string, WatchedStream>();
    const forget = () => {
      group.forget(touched.values());
      touched.clear();
    };
    try {
      const stored = await this.work.run(async (tx) => {
        // After a deadlock it runs once more; what the first attempt had folded is void.
        forget();
        return this.store(tx, { group, arrivals, touched });
      });
      this.remember(group, touched.values(), stored);
      decide(arrivals, stored);
    } catch (error) {
      forget();
      throw error;
    }
  }

  private async store(tx: Transaction, { group, arrivals, touched }: Turn): Promise<Stored> {
    const nowMs = await this.ownership.openTurn(tx, group.tenures);
    await this.bringStreams(tx, { group, arrivals, touched });
    const placed = place(arrivals, touched, nowMs);
    const duplicates = await this.predictions.claim(tx, placed);
    const { kept, moved } = closeGaps(placed, duplicates);
    await this.predictions.moveClaims(tx, moved);

    const found = fold(kept);
    await this.predictions.insert(tx, found.rows);
    await this.flags.raiseFrom(tx, found);
    await this.minutes.save(tx, found.minutes);
    const saved = [...touched.values()].filter((watched) => watched.unsaved >= savedEvery);
    await this.watchStore.save(tx, saved);
    return { placed, kept, fold: found, saved, nowMs };
  }

  /** Finds the streams of these arrivals, in memory, in the database, or as new ones. */
  private async bringStreams(tx: Transaction, { group, arrivals, touched }: Turn): Promise<void> {
    const absent = new Map<string, Prediction>();
    for (const { prediction } of arrivals) {
      const { stream } = prediction;
      if (touched.has(stream) || absent.has(stream)) continue;
      const watched = group.find(stream);
      if (watched === undefined) absent.set(stream, prediction);
      else touched.set(stream, watched);
    }
    for (const watched of touched.values()) watched.follow(this.streams.find(watched.stream.name) ?? watched.stream);
    if (absent.size === 0) return;

    const known = [...absent.keys()].map((name) => this.streams.find(name)).filter((stream) => stream !== undefined);
    for (const watched of await this.watches.load(tx, known)) touched.set(watched.stream.name, watched);
    for (const { name } of known) absent.delete(name);
    const registered = await this.streams.register(tx, [...absent.values()]);
    for (const stream of registered.values()) touched.set(stream.name, this.watches.start(stream));
  }

  private remember(
    group: LaneGroup,
    touched: Iterable<WatchedStream>,
    { kept, fold: found, saved, nowMs }: Stored,
  ): void {
    group.add(touched);
    for (const watched of saved) watched.markSaved(nowMs);
    for (const [index, { prediction, position }] of kept.entries()) {
      this.ticks.observe(prediction, { position, isFlagged: found.isFlagged[index] === true });
    }
  }
}

/** Tells every arrival what became of it. */
function decide(arrivals: readonly Arrival[], { placed, kept }: Stored): void {
  for (const { arrival } of placed) arrival.outcome = 'duplicate';
  for (const { arrival } of kept) arrival.outcome = 'accepted';
  if (placed.length === arrivals.length) return;
  for (const arrival of arrivals) {
    if (arrival.outcome === 'waiting') Object.assign(arrival, { outcome: 'refused', reason: floorIsFull });
  }
}
