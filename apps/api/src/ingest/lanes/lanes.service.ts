import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { DatabaseAddress } from '../../platform/database/database-address.ts';
import { Work } from '../../platform/database/work.ts';
import { Readiness } from '../../platform/health/readiness.ts';
import { StreamsService } from '../../streams/streams.service.ts';
import { IngestMetrics } from '../ingest-metrics.ts';
import type { Arrival } from './arrival.ts';
import { Parcel } from './arrival.ts';
import type { LaneErrand } from './clock-turn.ts';
import { ClockTurn } from './clock-turn.ts';
import type { TurnTaker } from './lane.ts';
import { Lane } from './lane.ts';
import { LaneLock } from './lane-lock.ts';
import { laneCount, laneOf } from './lane-of.ts';
import { LaneOwnership } from './lane-ownership.ts';
import { LaneStoring } from './lane-storing.ts';
import { LaneTurn } from './lane-turn.ts';
import { TurnTaking } from './turn-taking.ts';

/** Transactions that store at the same time: while one waits for the database, another one's detectors are at work. */
const turnsAtOnce = 2;
/** How often lanes that are not ours are asked for. */
const askEveryMs = 500;

/** The lanes of this server: takes hold of those it can, and knows which stream belongs where. */
@Injectable()
export class LanesService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Lanes');
  private readonly lanes: readonly Lane[];
  private readonly lock: LaneLock;
  private asking: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(
    private readonly work: Work,
    private readonly ownership: LaneOwnership,
    private readonly streams: StreamsService,
    address: DatabaseAddress,
    readiness: Readiness,
    turn: LaneTurn,
    clock: ClockTurn,
    metrics: IngestMetrics,
  ) {
    const storing = new LaneStoring({
      turn,
      onLost: () => this.letGo(),
      onTurn: (done) => metrics.turn(done),
    });
    const laneWork = {
      clock,
      turns: new TurnTaking<TurnTaker>(turnsAtOnce, (lanes) => storing.store(lanes)),
      onLost: () => this.letGo(),
    };
    this.lanes = Array.from({ length: laneCount }, (_, number) => new Lane(number, laneWork));
    this.lock = new LaneLock(address.url, () => this.letGo());
    metrics.observeDepth(() => this.lanes.map(({ number, queue }) => ({ lane: number, items: queue.items })));
    readiness.expect('lanes', async () => this.whyNotReady());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.ask();
    this.timer = setInterval(() => {
      this.asking = this.asking.then(() => this.ask());
    }, askEveryMs);
  }

  /** Stores what was accepted, and gives the lanes to whoever asks next. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.asking;
    await Promise.all(this.lanes.map((lane) => lane.stop()));
    await this.lock.end().catch(() => undefined);
  }

  /** Whether there is no room for anything, whatever stream it may be of: then a request need not even be read. */
  expectRoom(): void {
    const [first] = this.lanes;
    if (first !== undefined && this.lanes.every(({ queue }) => queue.isFull)) throw first.queue.refusal();
  }

  /**
   * Queues the arrivals of one lane, in order.
   *
   * @param bytes how much memory they hold, about
   * @returns when they have their outcomes; rejects when these could not be decided
   * @throws Refused when the lane is full, or not in the hands of this server
   */
  send(lane: number, arrivals: readonly Arrival[], bytes: number): Promise<void> {
    const parcel = new Parcel(arrivals, bytes);
    this.lane(lane).send(parcel);
    return parcel.done;
  }

  /** Runs work that changes how a stream is looked at, in order with its predictions, in one transaction. */
  between<Result>(stream: string, work: LaneErrand<Result>): Promise<Result> {
    return this.lane(laneOf(stream)).between(stream, work);
  }

  /** What is certified of the stream; undefined while it is not in memory. For reading only. */
  riskOf(stream: string) {
    return this.lane(laneOf(stream)).watchedOf(stream)?.risk;
  }

  /** The stream's detectors' figures, undefined while it is not in memory. */
  figuresOf(stream: string) {
    return this.lane(laneOf(stream)).figuresOf(stream);
  }

  /** Where the stream is, undefined while it is not in memory. */
  placeOf(stream: string) {
    return this.lane(laneOf(stream)).placeOf(stream);
  }

  private lane(number: number): Lane {
    const lane = this.lanes[number];
    if (lane === undefined) throw new Error(`there is no lane ${number}`);
    return lane;
  }

  private whyNotReady(): string | undefined {
    const missing = this.lanes.filter(({ isOwned }) => !isOwned).map(({ number }) => number);
    return missing.length === 0 ? undefined : `lanes ${missing.join(', ')} are in other hands`;
  }

  private async ask(): Promise<void> {
    if (this.isStopping) return;
    try {
      for (const lane of this.lanes) if (!lane.isOwned) await this.takeHold(lane);
    } catch (error) {
      this.logger.warn(`the lanes cannot be asked for: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async takeHold(lane: Lane): Promise<void> {
    if (!(await this.lock.take(lane.number))) return;
    const tenure = await this.work.run(async (tx) => {
      const begun = await this.ownership.begin(tx, lane.number);
      // Whoever had the lane before may have registered streams or changed policies.
      await this.streams.refresh(tx);
      return begun;
    });
    lane.own(tenure);
  }

  /** Without the lock's connection all lanes may be another's by now. */
  private letGo(): void {
    for (const lane of this.lanes) lane.disown();
    void this.lock.end().catch(() => undefined);
  }
}
