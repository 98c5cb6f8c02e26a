import { Refused } from '../../platform/http/refused.ts';
import type { Parcel } from './arrival.ts';

/** What one lane holds at most, waiting and being stored; beyond it, senders are told to wait. */
export const laneLimits = { items: 30_000, bytes: 64 * 1024 * 1024 } as const;

/** How fast the figure for the speed of a lane follows the last turn. */
const freshness = 0.2;
const longestWaitSeconds = 30;

/** What waits in a lane, in order and bounded. */
export class LaneQueue {
  private parcels: Parcel[] = [];
  private heldItems = 0;
  private heldBytes = 0;
  private itemsPerSecond = 0;

  /** Items that wait or are being stored. */
  get items(): number {
    return this.heldItems;
  }

  get isEmpty(): boolean {
    return this.parcels.length === 0;
  }

  get isFull(): boolean {
    return this.heldItems >= laneLimits.items || this.heldBytes >= laneLimits.bytes;
  }

  /** @throws Refused when the queue is full */
  push(parcel: Parcel): void {
    if (this.isFull) throw this.refusal();
    this.parcels.push(parcel);
    this.heldItems += parcel.arrivals.length;
    this.heldBytes += parcel.bytes;
  }

  /** Why nothing more is taken, and about when there will be room again. */
  refusal(): Refused {
    const because = `${this.heldItems} predictions wait to be stored; send this again later`;
    return new Refused({ refused: 'too-busy', because }, { retryAfterSeconds: this.roomInSeconds() });
  }

  /** Takes whole parcels off the front: the first in any case, and more while they hold at most `items` together. */
  take(items: number): Parcel[] {
    let count = 0;
    let taken = 0;
    for (const { arrivals } of this.parcels) {
      if (count > 0 && taken + arrivals.length > items) break;
      taken += arrivals.length;
      count += 1;
    }
    return this.parcels.splice(0, count);
  }

  /** Makes room: these parcels are done with. */
  release(parcels: readonly Parcel[], seconds: number): void {
    let items = 0;
    for (const { arrivals, bytes } of parcels) {
      items += arrivals.length;
      this.heldBytes -= bytes;
    }
    this.heldItems -= items;
    const speed = items / Math.max(seconds, 0.001);
    this.itemsPerSecond =
      this.itemsPerSecond === 0 ? speed : this.itemsPerSecond + freshness * (speed - this.itemsPerSecond);
  }

  /** Gives everything that waits back to its senders. */
  giveBack(error: Error): void {
    const parcels = this.parcels.splice(0);
    for (const parcel of parcels) {
      this.heldItems -= parcel.arrivals.length;
      this.heldBytes -= parcel.bytes;
      parcel.fail(error);
    }
  }

  /** When half of what is held will be stored at the present speed. */
  private roomInSeconds(): number {
    const seconds = this.itemsPerSecond === 0 ? 1 : this.heldItems / 2 / this.itemsPerSecond;
    return Math.min(longestWaitSeconds, Math.max(1, Math.ceil(seconds)));
  }
}
