import { Logger } from '@nestjs/common';
import type { WatchFigures } from '@watchfloor/detection';
import { Doorbell } from '../../platform/clock/doorbell.ts';
import type { Transaction } from '../../platform/database/work.ts';
import { Refused } from '../../platform/http/refused.ts';
import type { Arrival, Parcel } from './arrival.ts';
import type { ClockTurn } from './clock-turn.ts';
import { isPassing, storeApart } from './isolation.ts';
import { LaneMemory } from './lane-memory.ts';
import type { LaneTenure } from './lane-ownership.ts';
import { LaneLost } from './lane-ownership.ts';
import { LaneQueue } from './lane-queue.ts';
import type { LaneTurn } from './lane-turn.ts';
import type { TurnTaking } from './turn-taking.ts';
import type { StreamPlace } from './watched-stream.ts';

/** The most that one transaction stores. */
const turnItems = 5_000;
/** How often the detectors look at the clock. */
const clockEveryMs = 1_000;

export interface LaneWork {
  readonly turn: LaneTurn;
  readonly clock: ClockTurn;
  /** Shared by all lanes. */
  readonly taking: TurnTaking;
  /** Called when another process has taken the lane over. */
  onLost(lane: number): void;
  /** Called after each turn that stored predictions. */
  onTurn(turn: { readonly items: number; readonly seconds: number }): void;
}

/** Something done between two turns. */
interface Errand {
  run(tenure: LaneTenure): Promise<void>;
  fail(error: unknown): void;
}

/** One ordered queue of predictions, and the one loop that stores what is waiting in it: whatever that is, at once. */
export class Lane {
  readonly number: number;
  readonly queue = new LaneQueue();
  private readonly work: LaneWork;
  private readonly logger: Logger;
  private readonly memory = new LaneMemory();
  private readonly bell = new Doorbell();
  private readonly errands: Errand[] = [];
  private tenure: LaneTenure | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;
  private lookedAtMs = 0;
  private isTroubled = false;

  constructor(number: number, work: LaneWork) {
    this.number = number;
    this.work = work;
    this.logger = new Logger(`Lane ${number}`);
  }

  get isOwned(): boolean {
    return this.tenure !== undefined;
  }

  /**
   * Queues a parcel; `parcel.done` tells when it is stored.
   *
   * @throws Refused when the lane is full, stopping, or not this server's
   */
  send(parcel: Parcel): void {
    const because = this.whyClosed();
    if (because !== undefined) throw notReady(because);
    this.queue.push(parcel);
    this.bell.ring();
  }

  /** Runs work that changes how a stream is looked at, in order with its predictions, in one transaction. */
  async between<Result>(stream: string, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const because = this.whyClosed();
    if (because !== undefined) throw notReady(because);
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.errands.push({
      run: async (tenure) => resolve(await this.work.clock.between({ tenure, memory: this.memory, stream }, work)),
      fail: reject,
    });
    this.bell.ring();
    return promise;
  }

  /** What the detectors of a stream have learned; undefined while it is not in memory. */
  figuresOf(stream: string): WatchFigures | undefined {
    const watched = this.memory.get(stream);
    return watched === undefined ? undefined : watched.figures();
  }

  /** Where a stream is; undefined while it is not in memory. */
  placeOf(stream: string): StreamPlace | undefined {
    return this.memory.get(stream);
  }

  /** Begins to store, as the lane's owner. */
  own(tenure: LaneTenure): void {
    this.tenure = tenure;
    this.running = this.running.then(() => this.run(tenure));
  }

  /** Gives up at once; what waits goes back to its senders. */
  disown(): void {
    this.tenure = undefined;
    this.giveBack(notReady('this server has lost its hold on the streams'));
    this.bell.ring();
  }

  /** Takes nothing more, stores what is waiting, saves the watches, and ends. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.bell.ring();
    await this.running;
  }

  private whyClosed(): string | undefined {
    if (this.isStopping) return 'the server is stopping';
    return this.tenure === undefined ? 'the streams are in the hands of another server, or of none yet' : undefined;
  }

  private async run(tenure: LaneTenure): Promise<void> {
    this.memory.forgetAll();
    while (this.tenure === tenure) {
      await this.runErrands(tenure);
      if (this.queue.isEmpty) {
        if (this.isStopping) break;
        await this.bell.wait(Math.max(1, this.lookedAtMs + clockEveryMs - performance.now()));
      } else {
        await this.work.taking.take(() => this.storeSome(tenure));
      }
      if (performance.now() - this.lookedAtMs >= clockEveryMs) await this.lookAtClock(tenure);
    }
    if (this.tenure === tenure) await this.guarded(() => this.work.clock.saveAll(tenure, this.memory));
    this.giveBack(notReady('the server is stopping'));
  }

  private async storeSome(tenure: LaneTenure): Promise<void> {
    const parcels = this.queue.take(turnItems);
    const startedAtMs = performance.now();
    const error = await this.storeAll(tenure, parcels);
    const seconds = (performance.now() - startedAtMs) / 1_000;
    this.queue.release(parcels, seconds);
    for (const parcel of parcels) {
      if (parcel.arrivals.every(({ outcome }) => outcome !== 'waiting')) parcel.settle();
      else parcel.fail(error);
    }
    // What waits behind it must not overtake it: sent again, it would come after its own successors.
    if (error !== undefined) this.queue.giveBack(error);
    const items = parcels.reduce((sum, { arrivals }) => sum + arrivals.length, 0);
    this.work.onTurn({ items, seconds });
  }

  /** @returns why some arrivals have no outcome, undefined when all have one */
  private async storeAll(tenure: LaneTenure, parcels: readonly Parcel[]): Promise<Refused | undefined> {
    const arrivals = parcels.length === 1 ? (parcels[0]?.arrivals ?? []) : parcels.flatMap((parcel) => parcel.arrivals);
    const store = (some: readonly Arrival[]) => this.work.turn.take(tenure, this.memory, some);
    try {
      await store(arrivals);
      this.isTroubled = false;
      return undefined;
    } catch (error) {
      this.complain(error);
      if (isPassing(error)) return notStored();
      // Somebody's data, or a mistake of ours that it brings out: it must not cost its neighbours, or come again for ever.
      return storeApart(arrivals, store).catch(notStored);
    }
  }

  private async runErrands(tenure: LaneTenure): Promise<void> {
    for (const errand of this.errands.splice(0)) {
      await errand.run(tenure).catch((error: unknown) => errand.fail(error));
    }
  }

  private async lookAtClock(tenure: LaneTenure): Promise<void> {
    await this.guarded(() => this.work.clock.look(tenure, this.memory));
    this.lookedAtMs = performance.now();
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.isTroubled = false;
    } catch (error) {
      this.complain(error);
    }
  }

  /** Says it once for a trouble that lasts. */
  private complain(error: unknown): void {
    if (error instanceof LaneLost) {
      this.disown();
      this.work.onLost(this.number);
      return;
    }
    if (!this.isTroubled) this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error);
    this.isTroubled = true;
  }

  private giveBack(error: Refused): void {
    this.queue.giveBack(error);
    for (const errand of this.errands.splice(0)) errand.fail(error);
  }
}

const notStored = () => notReady('the predictions could not be stored just now');

function notReady(because: string): Refused {
  return new Refused({ refused: 'not-ready', because });
}
