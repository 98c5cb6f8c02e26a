import { Refused } from '../../platform/http/refused.ts';
import type { Arrival, Parcel } from './arrival.ts';
import { isPassing, storeApart } from './isolation.ts';
import type { OwnedLane } from './lane-group.ts';
import { LaneGroup } from './lane-group.ts';
import type { LaneTurn } from './lane-turn.ts';
import { Trouble } from './trouble.ts';

/** The most that one transaction stores of each lane. */
const turnItems = 5_000;

export interface StoringWork {
  readonly turn: LaneTurn;
  /** Called when another process has taken a lane over. */
  readonly onLost: () => void;
  /** Called after each turn. */
  readonly onTurn: (turn: { readonly items: number; readonly seconds: number }) => void;
}

/** Takes what waits in lanes, has it stored, and answers those who sent it. */
export class LaneStoring {
  private readonly work: StoringWork;
  private readonly trouble: Trouble;

  constructor(work: StoringWork) {
    this.work = work;
    this.trouble = new Trouble('Lanes', work.onLost);
  }

  /** One turn: whatever waits in these lanes. Never rejects. */
  async store(lanes: readonly OwnedLane[]): Promise<void> {
    const taken = lanes.map((lane) => ({ lane, parcels: lane.queue.take(turnItems) }));
    const parcels = taken.flatMap((each) => each.parcels);
    // They may have been given back while the lanes waited for their turn.
    if (parcels.length === 0) return;
    const startedAtMs = performance.now();
    const error = await this.storeAll(new LaneGroup(lanes), parcels);
    const seconds = (performance.now() - startedAtMs) / 1_000;

    for (const each of taken) each.lane.queue.release(each.parcels, seconds);
    for (const parcel of parcels) {
      if (parcel.arrivals.every(({ outcome }) => outcome !== 'waiting')) parcel.settle();
      else parcel.fail(error ?? notStored());
    }
    // What waits behind it must not overtake it: sent again, it would come after its own successors.
    if (error !== undefined) for (const { queue } of lanes) queue.giveBack(error);
    this.work.onTurn({ items: parcels.reduce((sum, { arrivals }) => sum + arrivals.length, 0), seconds });
  }

  /** @returns why some arrivals have no outcome, undefined when all have one */
  private async storeAll(group: LaneGroup, parcels: readonly Parcel[]): Promise<Refused | undefined> {
    const arrivals = parcels.length === 1 ? (parcels[0]?.arrivals ?? []) : parcels.flatMap((parcel) => parcel.arrivals);
    const store = (some: readonly Arrival[]) => this.work.turn.take(group, some);
    try {
      await store(arrivals);
      this.trouble.isOver();
      return undefined;
    } catch (error) {
      this.trouble.complain(error);
      if (isPassing(error)) return notStored();
      // Somebody's data, or a mistake of ours that it brings out: it must not cost its neighbours, or come again for ever.
      return storeApart(arrivals, store).catch(notStored);
    }
  }
}

function notStored(): Refused {
  return new Refused({ refused: 'not-ready', because: 'the predictions could not be stored just now' });
}
