import { describe, expect, it } from '@jest/globals';
import { Refused } from '../../platform/http/refused.ts';
import type { Arrival } from './arrival.ts';
import { Parcel } from './arrival.ts';
import { laneLimits, LaneQueue } from './lane-queue.ts';

function parcel(items: number, bytes = items): Parcel {
  const arrivals = Array.from({ length: items }, (_, index): Arrival => ({
    index,
    prediction: { stream: 'a', id: String(index), label: 'fine' },
    text: '{}',
    outcome: 'waiting',
  }));
  return new Parcel(arrivals, bytes);
}

function refusalOf(work: () => void): Refused {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the queue of a lane', () => {
  it('gives whole parcels in order, the first however large it is', () => {
    const queue = new LaneQueue();
    const parcels = [parcel(7), parcel(2), parcel(2), parcel(2)];
    for (const each of parcels) queue.push(each);

    expect([queue.take(5), queue.take(5), queue.take(5), queue.take(5)]).toEqual([
      [parcels[0]],
      [parcels[1], parcels[2]],
      [parcels[3]],
      [],
    ]);
  });

  it.each([
    ['items', parcel(laneLimits.items, 1)],
    ['bytes', parcel(1, laneLimits.bytes)],
  ])('is full of %s until they are stored, not only taken', (_what, large) => {
    const queue = new LaneQueue();
    queue.push(large);
    expect(queue.take(5_000)).toEqual([large]);

    expect(refusalOf(() => queue.push(parcel(1)))).toMatchObject({ refused: 'too-busy', retryAfterSeconds: 1 });
    queue.release([large], 1);
    queue.push(parcel(1));
    expect(queue.items).toBe(1);
  });

  it('tells when to come again by how fast it has been', () => {
    const queue = new LaneQueue();
    const slow = parcel(1_000);
    queue.push(slow);
    queue.release(queue.take(5_000), 1);
    queue.push(parcel(laneLimits.items));

    expect(refusalOf(() => queue.push(parcel(1))).retryAfterSeconds).toBe(laneLimits.items / 2 / 1_000);
  });

  it('gives all that waits back', async () => {
    const queue = new LaneQueue();
    const some = [parcel(3), parcel(4)];
    for (const each of some) queue.push(each);
    queue.giveBack(new Error('stopping'));

    for (const each of some) await expect(each.done).rejects.toThrow('stopping');
    expect([queue.items, queue.isEmpty]).toEqual([0, true]);
  });
});
