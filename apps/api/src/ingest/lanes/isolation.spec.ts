import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Arrival } from './arrival.ts';
import { storeApart } from './isolation.ts';
import { LaneLost } from './lane-ownership.ts';

const arrivals = (count: number): Arrival[] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    prediction: { stream: 'a', id: String(index), label: 'fine' },
    text: '{}',
    outcome: 'waiting',
  }));

/** Stores all of a batch or nothing, as a turn does: nothing if one of these is in it. */
function storeBut(spoilt: ReadonlySet<number>, order: number[]) {
  return async (some: readonly Arrival[]) => {
    if (some.some(({ index }) => spoilt.has(index))) throw new Error('spoilt');
    for (const arrival of some) {
      arrival.outcome = 'accepted';
      order.push(arrival.index);
    }
  };
}

describe('a batch that fails as a whole', () => {
  it('is stored in order but for what spoils it', async () => {
    const spoilt = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), spoilt, async (count, some) => {
        const all = arrivals(count);
        const bad = new Set(some.filter((index) => index < count));
        const order: number[] = [];
        await storeApart(all, storeBut(bad, order));

        expect(order).toEqual(all.map(({ index }) => index).filter((index) => !bad.has(index)));
        expect(all.map(({ outcome }) => outcome)).toEqual(
          all.map(({ index }) => (bad.has(index) ? 'refused' : 'accepted')),
        );
      }),
    );
  });

  it('is given back when looking for it takes too long', async () => {
    const all = arrivals(1_000);
    let turns = 0;
    const store = async () => {
      turns += 1;
      throw new Error('a mistake of ours');
    };
    await expect(storeApart(all, store)).rejects.toThrow('a mistake of ours');
    expect(turns).toBeLessThanOrEqual(64);
  });

  it('is given back at once when the trouble is not in it', async () => {
    let turns = 0;
    const store = async () => {
      turns += 1;
      throw new LaneLost('lane 0 was taken over');
    };
    await expect(storeApart(arrivals(10), store)).rejects.toThrow(LaneLost);
    expect(turns).toBe(1);
  });
});
