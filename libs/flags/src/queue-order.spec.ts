import { describe, expect, it } from '@jest/globals';
import { plusSeconds, priorities } from '@watchfloor/contracts';
import fc from 'fast-check';
import { anId, noon } from '../../../test/builders/a-flag.ts';
import { compareInQueue, type QueuePlace } from './queue-order.ts';

const place = fc
  .record({ id: fc.nat(5), priority: fc.constantFrom(...priorities), raised: fc.nat(3), due: fc.option(fc.nat(3)) })
  .map(({ id, priority, raised, due }): QueuePlace => ({
    id: anId(id),
    priority,
    raisedAt: plusSeconds(noon, raised),
    ...(due === null ? {} : { dueAt: plusSeconds(noon, due) }),
  }));

describe('the order of the queue', () => {
  const row = (changes: Partial<QueuePlace>): QueuePlace => ({
    id: anId(1),
    priority: 'P3',
    raisedAt: noon,
    ...changes,
  });

  it.each([
    ['the more urgent', row({ priority: 'P1', raisedAt: plusSeconds(noon, 60) }), row({ priority: 'P2' })],
    [
      'among equals the one that is due',
      row({ dueAt: plusSeconds(noon, 60), raisedAt: plusSeconds(noon, 1) }),
      row({}),
    ],
    ['the one that is due sooner', row({ dueAt: plusSeconds(noon, 30) }), row({ dueAt: plusSeconds(noon, 60) })],
    ['the older', row({ raisedAt: plusSeconds(noon, -1) }), row({})],
    ['of the same age the lower id', row({}), row({ id: anId(2) })],
  ])('puts %s first', (_name, first, second) => {
    expect(compareInQueue(first, second)).toBeLessThan(0);
    expect(compareInQueue(second, first)).toBeGreaterThan(0);
  });

  it('is total: every queue has one order, however it is shuffled', () => {
    fc.assert(
      fc.property(fc.array(place), fc.infiniteStream(fc.nat()), (places, dice) => {
        const order = (list: readonly QueuePlace[]): QueuePlace[] => [...list].sort(compareInQueue);
        const shuffled = places
          .map((each) => ({ each, by: dice.next().value as number }))
          .sort((a, b) => a.by - b.by)
          .map(({ each }) => each);
        expect(order(shuffled)).toEqual(order(places));
      }),
    );
  });

  it('orders any three without a circle', () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        if (compareInQueue(a, b) <= 0 && compareInQueue(b, c) <= 0) {
          expect(compareInQueue(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});
