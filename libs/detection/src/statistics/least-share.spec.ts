import { describe, expect, it } from '@jest/globals';
import { isLeast, leastBoundary } from './least-share.ts';
import { drawFrom } from './murmur-hash.ts';
import { addValue, noValues } from './recent-values.ts';
import { shareCode } from './value-codes.ts';

/** How often a stream of values gives a least one, after the first 100. */
function leastCount(values: readonly number[], share: number): number {
  const recent = noValues();
  let count = 0;
  values.forEach((value, index) => {
    count += index >= 100 && isLeast(recent, shareCode(value), share, drawFrom(index, 1)) ? 1 : 0;
    addValue(recent, shareCode(value));
  });
  return count;
}

const uniform = Array.from({ length: 10_100 }, (_, index) => drawFrom(index, 99));

describe('isLeast', () => {
  it.each([0.01, 0.02, 0.08, 0.3])('finds the share %d, never much more', (share) => {
    const found = leastCount(uniform, share) / 10_000;
    expect(found).toBeLessThanOrEqual(share * 1.15);
    expect(found).toBeGreaterThan(share * 0.8);
  });

  it('keeps the share when values are rounded to a few steps', () => {
    const stepped = uniform.map((value) => Math.max(0.2, Math.round(value * 5) / 5));
    const found = leastCount(stepped, 0.08) / 10_000;
    expect(found).toBeGreaterThan(0.06);
    expect(found).toBeLessThan(0.09);
  });

  it('finds nothing in a constant stream', () => {
    expect(leastCount(new Array<number>(1_000).fill(0.7), 0.5)).toBe(0);
  });

  it('finds the one odd value of a nearly constant stream', () => {
    const values = new Array<number>(300).fill(0.9);
    values[250] = 0.4;
    expect(leastCount(values, 0.05)).toBe(1);
  });

  it('follows a stream that changes', () => {
    const lower = [...uniform.slice(0, 5_000), ...uniform.slice(5_000).map((value) => value / 2)];
    expect(leastCount(lower, 0.08) / 10_000).toBeLessThan(0.1);
  });
});

describe('leastBoundary', () => {
  it('is unknown until the share is more than one value', () => {
    const recent = noValues();
    for (let index = 0; index < 18; index++) {
      addValue(recent, index);
    }
    expect(leastBoundary(recent, 0.05)).toBeNull();
    addValue(recent, 18);
    expect(leastBoundary(recent, 0.05)).toBe(0);
    expect(leastBoundary(recent, 1)).toBe(18);
  });
});
