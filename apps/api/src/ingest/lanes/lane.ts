import type { WatchFigures } from '@watchfloor/detection';
import { Doorbell } from '../../platform/clock/doorbell.ts';
import { Refused } from '../../platform/http/refused.ts';
import type { Parcel } from './arrival.ts';
import type { ClockTurn, LaneErrand } from './clock-turn.ts';
import type { OwnedLane } from './lane-group.ts';
import { LaneMemory } from './lane-memory.ts';
import type { LaneTenure } from './lane-ownership.ts';
import { LaneQueue } from './lane-queue.ts';
import { Trouble } from './trouble.ts';
import type { TurnTaking } from './turn-taking.ts';
import type { StreamPlace, WatchedStream } from './watched-stream.ts';

/** How often the detectors look at the clock. */
const clockEveryMs = 1_000;

/** A lane that waits for its turn. */
export interface TurnTaker extends OwnedLane {
  readonly items: number;
}

export interface LaneWork {
  readonly clock: ClockTurn;
  /** Shared by all lanes. */
  readonly turns: TurnTaking<TurnTaker>;
  /** Called when another process has taken the lane over. */
  readonly onLost: () => void;
}

/** Something done between two turns. */
interface Errand {
  run(tenure: LaneTenure): Promise<void>;
  fail(error: unknown): void;
}

/** One ordered queue of predictions, and the one loop that has stored what is waiting in it: whatever that is, at once. */
export class Lane {
  readonly number: number;
  readonly queue = new LaneQueue();
  private readonly work: LaneWork;
  private readonly trouble: Trouble;
  private readonly memory = new LaneMemory();
  private readonly bell = new Doorbell();
  private readonly errands: Errand[] = [];
  private tenure: LaneTenure | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;
  private lookedAtMs = 0;

  constructor(number: number, work: LaneWork) {
    this.number = number;
    this.work = work;
    this.trouble = new Trouble(`Lane ${number}`, work.onLost);
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
    this.work.turns.grown();
  }

  /** Runs work that changes how a stream is looked at, in order with its predictions, in one transaction. */
  async between<Result>(stream: string, work: LaneErrand<Result>): Promise<Result> {
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

  /** The stream as it is remembered; undefined while it is not in memory. It is the lane's: others only read it. */
  watchedOf(stream: string): WatchedStream | undefined {
    return this.memory.get(stream);
  }

  /** What the detectors of a stream have learned; undefined while it is not in memory. */
  figuresOf(stream: string): WatchFigures | undefined {
    return this.memory.get(stream)?.figures();
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
    const { memory, queue } = this;
    const taker = {
      tenure,
      memory,
      queue,
      get items() {
        return queue.items;
      },
    };
    memory.forgetAll();
    while (this.tenure === tenure) {
      await this.runErrands(tenure);
      if (!queue.isEmpty) await this.work.turns.join(taker);
      else if (this.isStopping) break;
      else await this.bell.wait(Math.max(1, this.lookedAtMs + clockEveryMs - performance.now()));
      if (performance.now() - this.lookedAtMs >= clockEveryMs) await this.lookAtClock(tenure);
    }
    if (this.tenure === tenure) await this.guarded(() => this.work.clock.saveAll(tenure, memory));
    this.giveBack(notReady('the server is stopping'));
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
      this.trouble.isOver();
    } catch (error) {
      this.trouble.complain(error);
    }
  }

  private giveBack(error: Refused): void {
    this.queue.giveBack(error);
    for (const errand of this.errands.splice(0)) errand.fail(error);
  }
}

function notReady(because: string): Refused {
  return new Refused({ refused: 'not-ready', because });
}
