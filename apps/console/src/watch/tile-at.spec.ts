import { describe, expect, it } from '@jest/globals';
import { tileAt } from './tile-at.ts';

const names = ['a', 'b', 'c', 'd', 'e'];

describe('arrows on the wall', () => {
  it.each([
    [null, 'down', 'a'],
    ['a', 'right', 'b'],
    ['c', 'right', 'd'],
    ['a', 'down', 'd'],
    ['d', 'up', 'a'],
    ['a', 'left', 'a'],
    ['c', 'down', 'c'],
    ['gone', 'right', 'a'],
  ] as const)('from %s %s leads to %s', (from, move, to) => {
    expect(tileAt(names, from, move, 3)).toBe(to);
  });

  it('leads nowhere on an empty wall', () => {
    expect(tileAt([], null, 'right', 3)).toBeNull();
  });
});
