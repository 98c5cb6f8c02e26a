import { describe, expect, it } from '@jest/globals';
import { dayCells } from './day-cells.ts';
import {
  cutAgain,
  fixEvents,
  noEventShift,
  shareOf,
  unfixEvents,
  watchEvents,
  type EventShift,
} from './event-shift.ts';
import { drawFrom } from './murmur-hash.ts';

function happen(shift: EventShift, event: number): void {
  shift.derived.happens.fill(0);
  shift.derived.happens[event] = 1;
}

/** Runs that reach a height within so many steps, each a stream of its own. */
function alarms(
  shares: readonly number[],
  fixed: readonly number[],
  steps: number,
  height: number,
  runs: number,
): number {
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const shift = noEventShift(shares.length);
    fixEvents(shift, fixed);
    for (let step = 0; step < steps; step++) {
      let rest = drawFrom(run * steps + step, 21);
      happen(
        shift,
        Math.max(
          0,
          shares.findIndex((share) => (rest -= share) < 0),
        ),
      );
      if (watchEvents(shift, drawFrom(run * steps + step, 22)) >= height) {
        found++;
        break;
      }
    }
  }
  return found;
}

const tenths = new Array<number>(10).fill(0.1);

describe('a shift of events', () => {
  it.each([
    ['even', tenths, tenths],
    ['uneven', [0.9, 0.07, 0.03], [0.9, 0.07, 0.03]],
    ['badly known', [0.9, 0.07, 0.03], [0.3, 0.3, 0.4]],
  ])(
    'keeps its promise where shares are %s: within n steps an alarm at A with a probability of n / A',
    (_, shares, fixed) => {
      const [steps, height, runs] = [500, 5_000, 400];
      const probability = steps / height;
      const found = alarms(shares, fixed, steps, height, runs);
      expect(found / runs).toBeLessThanOrEqual(probability + 3 * Math.sqrt((probability * (1 - probability)) / runs));
    },
  );

  it('has sums that grow by one a step on average and no more, event by event', () => {
    const [steps, runs] = [30, 20_000];
    const ends: number[] = [];
    for (let run = 0; run < runs; run++) {
      const shift = noEventShift(1);
      fixEvents(shift, [0.3]);
      for (let step = 0; step < steps; step++) {
        shift.derived.happens[0] = drawFrom(run * steps + step, 23) < 0.2 ? 1 : 0;
        watchEvents(shift, drawFrom(run * steps + step, 24));
      }
      ends.push(shift.sums.reduce((sum, each) => sum + each, 0) / shift.sums.length);
    }
    const mean = ends.reduce((sum, end) => sum + end, 0) / runs;
    const spread = Math.sqrt(ends.reduce((sum, end) => sum + (end - mean) ** 2, 0) / runs / runs);
    // The sums are heavy-tailed; three standard errors as measured.
    expect(mean).toBeLessThanOrEqual(steps + 3 * spread);
    expect(mean).toBeGreaterThan(steps / 2);
  });

  it('finds the event whose share doubles', () => {
    const delays = Array.from({ length: 21 }, (_, run) => {
      const shift = noEventShift(10);
      fixEvents(shift, tenths);
      for (let step = 0; step < 4_000; step++) {
        const draw = drawFrom(run * 4_000 + step, 25);
        happen(shift, step >= 2_000 && drawFrom(run * 4_000 + step, 26) < 1 / 9 ? 3 : Math.floor(draw * 10));
        if (watchEvents(shift, drawFrom(run * 4_000 + step, 27)) >= 1e5) {
          return step < 2_000 || shift.derived.loudest !== 3 ? -1 : step - 2_000;
        }
      }
      return Infinity;
    }).toSorted((a, b) => a - b);
    expect(delays[0]).toBeGreaterThan(0);
    expect(delays[10]).toBeLessThan(350);
  });

  it('compares with the same cell only, and keeps its promise whatever the hours have of each other', () => {
    const [steps, height, runs] = [5_000, 25_000, 60];
    let found = 0;
    for (let run = 0; run < runs; run++) {
      const shift = noEventShift(2, dayCells);
      fixEvents(shift, [0.5, 0.5]);
      let highest = 0;
      for (let step = run * steps; step < (run + 1) * steps; step++) {
        const cell = Math.floor(step / 100) % 24;
        happen(shift, drawFrom(step, 28) < cell / 24 ? 0 : 1);
        highest = Math.max(highest, watchEvents(shift, drawFrom(step, 29), cell));
      }
      found += highest >= height ? 1 : 0;
      expect(shareOf(shift, 0)).toBeCloseTo(11.5 / 24, 1);
    }
    const probability = steps / height;
    expect(found / runs).toBeLessThanOrEqual(probability + 3 * Math.sqrt((probability * (1 - probability)) / runs));
  });

  it('halves the counts of a cell that is full', () => {
    const shift = noEventShift(1, dayCells);
    fixEvents(shift, [1]);
    shift.derived.happens[0] = 1;
    shift.steps[5] = 65_535;
    shift.counts[5] = 65_535;
    watchEvents(shift, 0.5, 5);
    expect([shift.steps[5], shift.counts[5]]).toEqual([32_768, 32_768]);
  });

  it('is forgotten whole, and cut again as it was', () => {
    const shift = noEventShift(3);
    fixEvents(shift, [0.2, 0.3, 0.5]);
    const { cuts, lost } = structuredClone(shift.derived);
    shift.derived.cuts.fill(0);
    shift.derived.lost.fill(0);
    cutAgain(shift);
    expect([shift.derived.cuts, shift.derived.lost]).toEqual([cuts, lost]);
    happen(shift, 1);
    watchEvents(shift, 0.1);
    unfixEvents(shift);
    expect(shift.events + shift.sums.reduce((sum, each) => sum + each, 0) + (shift.steps[0] ?? 0)).toBe(0);
    expect(watchEvents(shift, 0.5)).toBe(0);
  });
});
