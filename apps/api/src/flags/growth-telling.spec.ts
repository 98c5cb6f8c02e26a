import { describe, expect, it } from '@jest/globals';
import { instantOf, secondsBetween } from '@watchfloor/contracts';
import { tellAgainSeconds, tellShareOfAge } from './growth-telling.ts';

const raisedAtMs = Date.parse('2026-11-22T06:00:00.000Z');

describe('growth of a flag, as the record tells it', () => {
  it('is told twice a second at first, and some two hundred times in a day', () => {
    const raisedAt = instantOf(raisedAtMs);
    const toldAt: number[] = [];
    for (let nowMs = raisedAtMs; nowMs < raisedAtMs + 86_400_000; nowMs += 100) {
      const last = toldAt.at(-1);
      if (last === undefined || (nowMs - last) / 1_000 >= tellAgainSeconds(raisedAt, instantOf(nowMs))) {
        toldAt.push(nowMs);
      }
    }
    expect(toldAt.filter((at) => at < raisedAtMs + 5_000)).toHaveLength(10);
    expect(toldAt.length).toBeGreaterThan(150);
    expect(toldAt.length).toBeLessThan(250);
  });

  it('is never further behind than a share of its age', () => {
    const raisedAt = instantOf(raisedAtMs);
    for (const age of [60, 3_600, 86_400]) {
      const now = instantOf(raisedAtMs + age * 1_000);
      expect(tellAgainSeconds(raisedAt, now)).toBeCloseTo(secondsBetween(raisedAt, now) * tellShareOfAge, 9);
    }
  });
});
