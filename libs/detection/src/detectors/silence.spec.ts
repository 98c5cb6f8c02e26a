import { describe, expect, it } from '@jest/globals';
import type { WindowSignal } from '@watchfloor/contracts';
import { observedAll, only, streamStartMs } from '../../../../test/builders/a-stream.ts';
import { startWatch, type StreamWatch } from '../stream-watch.ts';
import { watchClock } from '../watch-clock.ts';
import { watchPrediction } from '../watch-prediction.ts';

const settings = only('silence', { factor: 10, atLeastSeconds: 60 });

/** A watch that saw so many predictions, with a look at the clock every second; it ends with the last prediction. */
function fed(count: number, gapMs: number): { watch: StreamWatch; windows: WindowSignal[]; endMs: number } {
  const watch = startWatch();
  const windows: WindowSignal[] = [];
  let clockMs = streamStartMs;
  for (const observed of observedAll(new Array(count).fill({}), { gapMs })) {
    for (; clockMs + 1_000 <= observed.receivedAtMs; clockMs += 1_000) {
      windows.push(...watchClock(watch, clockMs + 1_000, settings).windows);
    }
    windows.push(...watchPrediction(watch, observed, settings).windows);
  }
  return { watch, windows, endMs: streamStartMs + (count - 1) * gapMs };
}

/** Signals of a stretch without predictions, each with the seconds since its beginning. */
function quiet(watch: StreamWatch, fromMs: number, seconds: number, everySeconds = 1) {
  const found: { after: number; window: WindowSignal }[] = [];
  for (let after = everySeconds; after <= seconds; after += everySeconds) {
    const { windows } = watchClock(watch, fromMs + after * 1_000, settings);
    found.push(...windows.map((window) => ({ after, window })));
  }
  return found;
}

describe('silence', () => {
  it('is told once, after ten usual gaps', () => {
    const { watch, windows, endMs } = fed(100, 10_050);
    expect(windows).toEqual([]);
    const found = quiet(watch, endMs, 3_600);
    expect(found.map(({ after }) => after)).toEqual([101]);
    expect(found[0]?.window).toEqual({
      signal: {
        kind: 'silence',
        score: 101,
        threshold: expect.closeTo(100.5),
        reason: 'No prediction for 101 s; usually one comes within 10 s.',
        evidence: { quietSeconds: 101, usualGapSeconds: expect.closeTo(10.05), factor: 10 },
        policyVersion: 7,
      },
      stretch: {
        from: new Date(endMs).toISOString(),
        to: new Date(endMs + 101_000).toISOString(),
        fromPosition: 100,
        toPosition: 100,
      },
    });
  });

  it('is never shorter than the policy wants', () => {
    const { watch, endMs } = fed(2_000, 100);
    expect(quiet(watch, endMs, 600).map(({ after }) => after)).toEqual([61]);
  });

  it('is told again when it comes again', () => {
    const { watch, endMs } = fed(100, 1_000);
    expect(quiet(watch, endMs, 200)).toHaveLength(1);
    const later = endMs + 200_000;
    const next = observedAll(new Array(60).fill({}), { startMs: later });
    next.forEach((observed) => watchPrediction(watch, { ...observed, position: observed.position + 100 }, settings));
    expect(quiet(watch, later + 59_000, 1_000)).toHaveLength(1);
  });

  it('is not told of a stream that only just began', () => {
    const few = fed(20, 1_000);
    expect(quiet(few.watch, few.endMs, 3_600)).toEqual([]);
    // A thousand predictions, but all within a second: a test by hand, not a stream.
    const quick = fed(1_000, 1);
    expect(quiet(quick.watch, quick.endMs, 3_600)).toEqual([]);
  });

  it('is nothing while no prediction was seen', () => {
    expect(quiet(startWatch(), streamStartMs, 3_600)).toEqual([]);
  });

  it.each([
    ['ahead by a day', 86_400_000],
    ['back by a day', -86_400_000],
  ])('is not made of a clock that is set %s', (_, leapMs) => {
    const { watch, endMs } = fed(200, 1_000);
    const found = [];
    for (let leap = 0; leap < 10; leap++) {
      const at = endMs + (leap % 2 === 0 ? leapMs : 0);
      found.push(...watchClock(watch, at, settings).windows);
      const observed = observedAll([{}], { startMs: at })[0]!;
      watchPrediction(watch, { ...observed, position: 201 + leap }, settings);
    }
    expect(found).toEqual([]);
  });

  it('counts only the time that somebody watched', () => {
    const { watch, endMs } = fed(200, 1_000);
    const afterSleep = endMs + 36_000_000;
    expect(watchClock(watch, afterSleep, settings).windows).toEqual([]);
    expect(quiet(watch, afterSleep, 600).map(({ after }) => after)).toEqual([31]);
  });

  it('is seen also by a watcher who looks every 20 seconds', () => {
    const { watch, endMs } = fed(200, 1_000);
    expect(quiet(watch, endMs, 600, 20).map(({ after }) => after)).toEqual([80]);
  });

  it('learns batches: an hourly one is no silence in between', () => {
    const watch = startWatch();
    const told: number[] = [];
    let position = 0;
    for (let hour = 0; hour < 48; hour++) {
      const startMs = streamStartMs + hour * 3_600_000;
      for (const observed of observedAll(new Array(1_000).fill({}), { startMs, gapMs: 2 })) {
        watchPrediction(watch, { ...observed, position: ++position }, settings);
      }
      told.push(...quiet(watch, startMs + 2_000, 3_590, 10).map(() => hour));
    }
    expect(told.filter((hour) => hour >= 6)).toEqual([]);
    expect(told.length).toBeLessThanOrEqual(4);
  });

  it('is not blunted by an outage', () => {
    const { watch, endMs } = fed(1_000, 1_000);
    expect(quiet(watch, endMs, 7_200)).toHaveLength(1);
    const later = endMs + 7_200_000;
    for (const observed of observedAll(new Array(900).fill({}), { startMs: later })) {
      watchPrediction(watch, { ...observed, position: observed.position + 1_000 }, settings);
    }
    const [again] = quiet(watch, later + 899_000, 3_600);
    expect(again?.after).toBeLessThan(120);
  });
});
