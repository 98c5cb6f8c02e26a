import { describe, expect, it } from '@jest/globals';
import { busyMinute, learnPace, minuteMs, noPace, usualPerMinute } from './pace.ts';

function paceOf(counts: readonly number[]) {
  const pace = noPace();
  counts.forEach((count, minute) => {
    if (count > 0) {
      learnPace(pace, minute * minuteMs, count);
    }
  });
  return pace;
}

describe('the pace of a stream', () => {
  it('is unknown for the first five minutes', () => {
    expect(usualPerMinute(paceOf([10, 10, 10, 10]))).toBeNull();
    expect(usualPerMinute(paceOf([10, 10, 10, 10, 10]))).toBeCloseTo(10);
    expect(busyMinute(paceOf([10, 10, 10, 10, 10]))).toBeCloseTo(10);
  });

  it('counts empty minutes on average, and not where predictions fall', () => {
    const batches = Array.from({ length: 600 }, (_, minute) => (minute % 10 === 9 ? 500 : 0));
    expect(usualPerMinute(paceOf(batches))! / 50).toBeCloseTo(1, 0);
    expect(busyMinute(paceOf(batches))).toBeCloseTo(500);
  });

  it('is not taken over by one mad minute, but follows a lasting change', () => {
    const calm = new Array<number>(120).fill(100);
    expect(busyMinute(paceOf([...calm, 1_000_000]))!).toBeLessThan(150);
    expect(usualPerMinute(paceOf([...calm, ...new Array<number>(600).fill(1_000)]))!).toBeGreaterThan(950);
  });

  it('stays sound over a month of nothing', () => {
    const pace = paceOf([5, 5, 5, 5, 5, 5]);
    learnPace(pace, 43_200 * minuteMs, 5);
    expect(busyMinute(pace)).toBeCloseTo(5);
    expect(usualPerMinute(pace)!).toBeLessThan(0.1);
    learnPace(pace, 1e15, 5);
    expect(Number.isFinite(usualPerMinute(pace))).toBe(true);
  });
});
