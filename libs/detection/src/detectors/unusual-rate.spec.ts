import { describe, expect, it } from '@jest/globals';
import { watchMinutes, type MinuteOfPredictions } from '../../../../test/builders/a-stream-by-minutes.ts';
import { only } from '../../../../test/builders/a-stream.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';

const settings = only('unusual-rate');

/** A minute of so many predictions, each with about this latency. */
function aMinute(predictions: number, latencyMs = 20): MinuteOfPredictions {
  return Array.from({ length: predictions }, (_, nth) => ({ latencyMs: latencyMs * (1 + drawFrom(nth, predictions)) }));
}

/** Minutes of 25 to 35 predictions. */
function calm(minutes: number): MinuteOfPredictions[] {
  return Array.from({ length: minutes }, (_, minute) => aMinute(25 + Math.floor(11 * drawFrom(minute, 5))));
}

function told(minutes: readonly MinuteOfPredictions[]) {
  return watchMinutes(minutes, settings).flatMap(({ minute, finding }) =>
    finding.windows.map((window) => ({ minute, window })),
  );
}

describe('an unusual rate', () => {
  it('is told when the minute closes, too many as well as too few', () => {
    const [many] = told([...calm(300), aMinute(90), ...calm(2)]);
    expect(many?.minute).toBe(301);
    expect(many?.window.signal).toMatchObject({ kind: 'unusual-rate', threshold: 0.85 });
    expect(many?.window.signal.reason).toMatch(
      /^The number of predictions was 90 in one minute; .* between 2\d and 3\d\./,
    );
    const [few] = told([...calm(300), aMinute(3), ...calm(2)]);
    expect(few?.window.signal.reason).toMatch(/^The number of predictions was 3 in one minute/);
  });

  it('is told of the latency too', () => {
    const [slow] = told([...calm(300), aMinute(30, 80), ...calm(2)]);
    expect(slow?.window.signal.reason).toMatch(/^The latency was 1\d\d ms in one minute; 30 ms was to be expected/);
  });

  it('knows empty minutes, and takes in no more than a day of them', () => {
    const sparse = Array.from({ length: 1_500 }, (_, minute) => (minute % 5 === 0 ? aMinute(1) : []));
    expect(told([...sparse, ...sparse.slice(0, 20)])).toEqual([]);
    const pause = Array.from({ length: 6_000 }, () => aMinute(0));
    expect(told([...calm(300), ...pause, ...calm(20)]).length).toBeLessThanOrEqual(1);
  });

  it('is not told while the range is learnt, nor of a stream that stays as it is', () => {
    expect(told([...calm(140), aMinute(90), ...calm(2)])).toEqual([]);
    expect(told(calm(1_000))).toEqual([]);
  });
});
