import { describe, expect, it } from '@jest/globals';
import { drawFrom } from './murmur-hash.ts';
import { isLearningRanks, learnAgain, learnCount, noRankShift, quantileChange, watchRank } from './rank-shift.ts';

const scale = {
  bins: 100,
  binOf: (value: number) => Math.floor(value * 100),
  valueOf: (bin: number) => (bin + 0.5) / 100,
};

/** Positions at which the evidence reached a height, learning again after each. */
function alarms(valueAt: (position: number) => number, count: number, height: number): number[] {
  const shift = noRankShift(scale.bins);
  const found: number[] = [];
  for (let position = 1; position <= count; position++) {
    const bin = scale.binOf(valueAt(position));
    if (watchRank(shift, bin, drawFrom(position, 7)) >= height) {
      found.push(position);
      learnAgain(shift);
    }
  }
  return found;
}

const uniform = (position: number) => drawFrom(position, 11);

describe('a shift of ranks', () => {
  it('keeps its promise while nothing changes, whatever the distribution', () => {
    const skewed = (position: number) => uniform(position) ** 6;
    const stepped = (position: number) => (uniform(position) < 0.97 ? 0.9 : 0.1);
    const constant = () => 0.5;
    for (const values of [uniform, skewed, stepped, constant]) {
      const count = alarms(values, 60_000, 1_000).length;
      expect(count).toBeGreaterThan(12);
      expect(count).toBeLessThanOrEqual(60);
    }
  });

  it.each([
    ['of the middle', (value: number) => value ** 2, 60],
    ['upwards', (value: number) => value ** 0.5, 60],
    ['of the spread alone', (value: number) => 0.5 + (value - 0.5) * 0.4, 60],
  ])('finds a change %s within a few dozen values', (_, changed, within) => {
    const [first] = alarms(
      (position) => (position <= 2_000 ? uniform(position) : changed(uniform(position))),
      4_000,
      1e5,
    );
    expect(first).toBeGreaterThan(2_000);
    expect(first).toBeLessThan(2_000 + 2 * within);
  });

  it('is silent while it learns, and says so', () => {
    const shift = noRankShift(scale.bins);
    for (let position = 1; position <= learnCount; position++) {
      expect(isLearningRanks(shift)).toBe(true);
      expect(watchRank(shift, position % 100, 0.5)).toBe(0);
    }
    expect(isLearningRanks(shift)).toBe(false);
  });

  it('tells the figures before and after, and about when', () => {
    const shift = noRankShift(scale.bins);
    let position = 0;
    let height = 0;
    while (height < 1e5) {
      position++;
      const value = position <= 1_000 ? 0.5 + uniform(position) / 2 : uniform(position) / 2;
      height = watchRank(shift, scale.binOf(value), drawFrom(position, 7));
    }
    const change = quantileChange(shift, scale);
    expect(change.before.p50).toBeCloseTo(0.75, 1);
    expect(change.after.p50).toBeLessThan(0.5);
    expect(Math.abs(position - change.afterCount - 1_000)).toBeLessThan(4);
  });
});
