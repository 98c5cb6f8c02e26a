import { describe, expect, it } from '@jest/globals';
import { instantOf } from '@watchfloor/contracts';
import fc from 'fast-check';
import { flagsInWindow, floodAfterFlag, floodAt, noFlood, type Flood, type PastFlood } from './flood.ts';

const startMs = Date.parse('2026-11-22T12:00:00.000Z');
const minute = 60_000;

function raising(flood: Flood, ...minutes: readonly number[]): Flood {
  return minutes.reduce((before, at) => floodAfterFlag(before, startMs + at * minute).flood, flood);
}

describe('a flood', () => {
  it('starts with the 11th flag in ten minutes, not with the 10th', () => {
    const ten = raising(noFlood, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5);
    expect(ten.current).toBeNull();
    expect(raising(ten, 5).current).toEqual({ sinceMs: startMs + 5 * minute, flags: 11, peak: 11 });
    expect(raising(ten, 10).current).toBeNull();
  });

  it('ends when fewer than 5 are left in ten minutes, and tells how large it was', () => {
    const flood = raising(noFlood, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5);
    expect(floodAt(flood, startMs + 10 * minute).flood.current).not.toBeNull();
    const { flood: over, ended } = floodAt(flood, startMs + 60 * minute);
    expect(over.current).toBeNull();
    // At 12:10 the seven of noon go and five are left; at 12:11 four.
    expect(ended).toEqual({
      from: instantOf(startMs + 4 * minute),
      until: instantOf(startMs + 11 * minute),
      flags: 12,
      peak: 12,
    });
  });

  it('goes on between 5 and 10: it does not flicker', () => {
    const flood = raising(noFlood, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9);
    expect(floodAt(flood, startMs + 12 * minute).flood.current).not.toBeNull();
    expect(floodAt(flood, startMs + 19 * minute).flood.current).toBeNull();
  });

  it('does not start because a clock is put back', () => {
    const flags = [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55];
    const once = raising(noFlood, ...flags);
    expect(raising(once, ...flags.slice(0, 8)).current).toBeNull();
  });

  it('is what a plain count over the list says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 240 }), { maxLength: 150 }), (gaps) => {
        const times: number[] = [];
        let [flood, ended] = [noFlood, [] as PastFlood[]];
        let isFlooded = false;
        let at = startMs;
        for (const gap of gaps) {
          // Between two flags the count only falls: look at every second, as the plain rule would.
          for (let second = 1; second <= gap; second += 1) {
            isFlooded &&= countAt(times, at + second * 1_000) >= 5;
          }
          at += gap * 1_000;
          times.push(at);
          isFlooded ||= countAt(times, at) > 10;
          const step = floodAfterFlag(flood, at);
          flood = step.flood;
          ended = step.ended === null ? ended : [...ended, step.ended];
          expect(flagsInWindow(flood)).toBe(countAt(times, at));
          expect(flood.current !== null).toBe(isFlooded);
        }
        expect(flood.counts.length).toBeLessThanOrEqual(601);
        ended.forEach((one) => {
          expect(
            countAt(
              times.filter((time) => time <= Date.parse(one.until)),
              Date.parse(one.until),
            ),
          ).toBeLessThan(5);
          expect(one.peak).toBeGreaterThan(10);
        });
      }),
      { numRuns: 100 },
    );
  });
});

function countAt(times: readonly number[], at: number): number {
  return times.filter((time) => time > at - 600_000 && time <= at).length;
}
