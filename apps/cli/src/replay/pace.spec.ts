import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dueAtMs, freshId } from './pace.ts';

test('sixty-fold speed makes a recorded minute a second', () => {
  expect(dueAtMs(1_000, 60, 60)).toBe(2_000);
});

test('without a speed limit everything is due at once', () => {
  expect(dueAtMs(1_000, 3_600, Infinity)).toBe(1_000);
});

test('the order of a recording is kept at every speed', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.double({ min: 0.01, max: 1e4, noNaN: true }),
      (one, other, speed) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one];
        expect(dueAtMs(0, earlier, speed)).toBeLessThanOrEqual(dueAtMs(0, later, speed));
      },
    ),
  );
});

test('two rounds never share an id', () => {
  expect(freshId('scan-1', 'a')).not.toBe(freshId('scan-1', 'b'));
});
