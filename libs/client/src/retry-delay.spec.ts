import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { retryDelayMs } from './retry-delay.ts';

test('the wait grows with the tries and stays bounded', () => {
  expect(retryDelayMs(1, 0, 0.5)).toBe(50);
  expect(retryDelayMs(4, 0, 0.5)).toBe(400);
  expect(retryDelayMs(1_000, 0, 1)).toBe(15_000);
});

test('it is never shorter than the server asked for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.nat(600),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (tries, asked, chance) => {
        expect(retryDelayMs(tries, asked, chance)).toBeGreaterThanOrEqual(asked * 1000);
      },
    ),
  );
});
