import { describe, expect, it } from '@jest/globals';
import type { Priority } from '@watchfloor/contracts';
import { urgentFirst } from './urgent.ts';

describe('streams on a phone', () => {
  it('come most urgent first, and those in order are left out', () => {
    const worst: Readonly<Record<string, Priority | null>> = { a: 'P3', b: null, c: 'P1', d: 'P3', e: 'P2' };
    expect(urgentFirst(['a', 'b', 'c', 'd', 'e'], (name) => worst[name] ?? null)).toEqual(['c', 'e', 'a', 'd']);
  });
});
