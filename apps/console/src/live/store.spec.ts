import { describe, expect, it } from '@jest/globals';
import type { ServedEntry } from '@watchfloor/contracts';
import fc from 'fast-check';
import { LiveStore } from './store.ts';
import type { CaughtUp } from './store.ts';

/** A server's record, as the store asks for it: dense numbers from 1, pages of at most `limit`. */
function aRecord(length: number) {
  const entries = Array.from({ length }, (_, index): ServedEntry => ({ number: index + 1 }));
  const asked: number[] = [];
  return {
    asked,
    grow: () => entries.push({ number: entries.length + 1 }),
    entry: (number: number): ServedEntry => entries[number - 1] ?? { number },
    get head() {
      return entries.length;
    },
    asking: {
      fetchRecord: async (after: number, limit: number) => {
        asked.push(after);
        await Promise.resolve();
        return { items: entries.slice(after, after + Math.min(limit, 7)), head: entries.length };
      },
      fetchStreams: async () => [],
      fetchFlags: async () => [],
    },
  };
}

const rest = () => new Promise((done) => setTimeout(done, 0));

async function settled(store: LiveStore, record: { readonly head: number }): Promise<void> {
  for (let round = 0; round < 200 && (!store.hasFloor || store.state.cursor < record.head); round += 1) {
    store.takeHello({ head: record.head });
    await rest();
  }
}

/** Every number that the store took in, in order. */
function takenBy(store: LiveStore): number[] {
  const taken: number[] = [];
  let before = store.state.cursor;
  store.subscribe(() => {
    for (let number = before + 1; number <= store.state.cursor; number += 1) {
      taken.push(number);
    }
    before = store.state.cursor;
  });
  return taken;
}

describe('the live store', () => {
  it('begins at the head that was before its lists, and takes what comes next', async () => {
    const record = aRecord(20);
    const store = new LiveStore(record.asking);
    await settled(store, record);
    expect(store.state.cursor).toBe(20);
    record.grow();
    store.takeEntry(record.entry(21));
    expect(store.state.cursor).toBe(21);
  });

  it('closes a gap from the record, page by page', async () => {
    const record = aRecord(1);
    const store = new LiveStore(record.asking);
    await settled(store, record);
    for (let number = 2; number <= 40; number += 1) {
      record.grow();
    }
    store.takeEntry(record.entry(40));
    await settled(store, record);
    expect(store.state.cursor).toBe(40);
    expect(record.asked.slice(-5)).toEqual([8, 15, 22, 29, 36]);
  });

  it('takes no entry twice, however often it is pushed', async () => {
    const record = aRecord(3);
    const store = new LiveStore(record.asking);
    await settled(store, record);
    const before = store.state;
    store.takeEntry(record.entry(2));
    store.takeEntry(record.entry(3));
    expect(store.state).toBe(before);
  });

  it('says after an absence how much was missed, once', async () => {
    const record = aRecord(5);
    const store = new LiveStore(record.asking);
    await settled(store, record);
    const returns: CaughtUp[] = [];
    store.onReturn((caughtUp) => returns.push(caughtUp));
    store.leave();
    store.leave();
    for (let number = 6; number <= 30; number += 1) {
      record.grow();
    }
    await settled(store, record);
    store.takeHello({ head: record.head });
    await rest();
    expect(returns).toEqual([{ after: 5, events: 25, flags: 0 }]);
  });

  it('tries again at the next hello when the record cannot be read', async () => {
    const record = aRecord(4);
    let isBroken = true;
    const store = new LiveStore({
      ...record.asking,
      fetchRecord: async (after, limit) => {
        if (isBroken) {
          throw new Error('no connection');
        }
        return record.asking.fetchRecord(after, limit);
      },
    });
    store.takeHello({ head: 4 });
    await rest();
    expect(store.hasFloor).toBe(false);
    isBroken = false;
    await settled(store, record);
    expect(store.state.cursor).toBe(4);
  });

  it('misses and doubles nothing, whatever is pushed in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ lost: fc.boolean(), late: fc.nat(3) }), { maxLength: 60 }),
        async (story) => {
          const record = aRecord(2);
          const store = new LiveStore(record.asking);
          await settled(store, record);
          const taken = takenBy(store);
          const pushed: { at: number; number: number }[] = [];
          story.forEach(({ lost, late }, index) => {
            record.grow();
            if (!lost) {
              pushed.push({ at: index + late, number: record.head });
            }
          });
          for (const { number } of pushed.sort((a, b) => a.at - b.at)) {
            store.takeEntry(record.entry(number));
            if (number % 5 === 0) {
              await rest();
            }
          }
          await settled(store, record);
          expect(taken).toEqual(Array.from({ length: story.length }, (_, index) => index + 3));
        },
      ),
      { numRuns: 60 },
    );
  });
});
