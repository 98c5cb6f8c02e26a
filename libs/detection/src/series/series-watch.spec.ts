import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { drawFrom } from '../statistics/murmur-hash.ts';
import { loadSeries, saveSeries } from './saved-series.ts';
import { seriesLearning, startSeries, watchValue } from './series-watch.ts';

const startMs = Date.parse('2026-11-22T00:00:00.000Z');
const minuteMs = 60_000;
const hostile = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  fc.double(),
  fc.constantFrom(NaN, Infinity, -Infinity, 1e308, -1e308, Number.MIN_VALUE, -0, 0, 1e30, 5e-324),
);
const series = (length = 600) => fc.array(hostile, { minLength: 200, maxLength: length });

function scoresOf(values: readonly number[], watch = startSeries(), fromMs = startMs, stepMs = minuteMs): number[] {
  return values.map((value, index) => watchValue(watch, fromMs + index * stepMs, value));
}

/** Standard normal draws, the same for the same seed. */
function noise(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const [one, other] = [drawFrom(index, 2 * seed + 1), drawFrom(index, 2 * seed + 2)];
    return Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other);
  });
}

describe('a watched series', () => {
  it('scores in [0, 1) and never throws, whatever the values and times', () => {
    fc.assert(
      fc.property(series(), fc.array(fc.oneof(fc.double(), fc.integer({ min: 0, max: 2e9 }))), (values, times) => {
        const watch = startSeries();
        for (const [index, value] of values.entries()) {
          const score = watchValue(watch, times[index] ?? startMs + index * minuteMs, value);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThan(1);
        }
        expect(saveSeries(watch).length).toBeLessThan(2_048);
      }),
      { numRuns: 25 },
    );
  });

  it('gives the same scores when it is saved and loaded anywhere', () => {
    fc.assert(
      fc.property(series(), fc.nat(), (values, place) => {
        const cut = place % values.length;
        const whole = scoresOf(values);
        const watch = startSeries();
        const first = scoresOf(values.slice(0, cut), watch);
        const loaded = loadSeries(saveSeries(watch));
        expect([...first, ...scoresOf(values.slice(cut), loaded, startMs + cut * minuteMs)]).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('scores its beginning the same whatever follows', () => {
    fc.assert(
      fc.property(series(), series(), (values, others) => {
        expect(scoresOf([...values, ...others]).slice(0, values.length)).toEqual(scoresOf(values));
      }),
      { numRuns: 25 },
    );
  });

  it('does not depend on unit and origin, beyond its order of magnitude', () => {
    const values = noise(3_000, 1).map((value, index) => value + (index === 2_000 ? 20 : 0));
    const odd = (scale: number, origin: number) =>
      scoresOf(values.map((value) => origin + scale * value)).findIndex((score) => score > 0.8);
    expect(odd(1, 0)).toBe(2_000);
    expect(odd(1e6, 0)).toBe(2_000);
    expect(odd(1e-6, 0)).toBe(2_000);
    expect(odd(1, 1e6)).toBe(2_000);
  });

  it.each([0, 0.1, 1e9, -1e308, Infinity])('that always is %d is never odd', (value) => {
    expect(Math.max(...scoresOf(Array<number>(5_000).fill(value)))).toBe(0);
  });

  it.each([0, 0.3, 1e9])('that always was %d is odd as soon as it changes', (value) => {
    const watch = startSeries();
    scoresOf(Array<number>(2_000).fill(value), watch);
    expect(watchValue(watch, startMs + 2_000 * minuteMs, value + 1)).toBeGreaterThan(0.8);
  });

  it('is not odd for what its own digits cannot tell apart', () => {
    const values = Array.from({ length: 3_000 }, (_, index) => (index % 7 === 0 ? 0.1 + 0.2 : 0.3));
    expect(Math.max(...scoresOf(values))).toBe(0);
  });

  it('is learning for 150 values, and knows its day after three of them', () => {
    const watch = startSeries();
    expect(Math.max(...scoresOf(noise(150, 2), watch))).toBe(0);
    expect(seriesLearning(watch, startMs).isLearning).toBe(true);
    watchValue(watch, startMs + 150 * minuteMs, 0);
    expect(seriesLearning(watch, startMs)).toEqual({ isLearning: false, knowsDay: false, knowsWeek: false });
    scoresOf(noise(3 * 1_440 + 10, 3), watch, startMs + 151 * minuteMs);
    expect(seriesLearning(watch, startMs + 3 * 1_440 * minuteMs + 161 * minuteMs).knowsDay).toBe(true);
  });
});

describe('a stream with the shape of a day', () => {
  const minutesOf = (days: number) => Array.from({ length: days * 1_440 }, (_, minute) => minute);
  const usual = (minute: number) => 60 + 50 * Math.sin((2 * Math.PI * minute) / 1_440);
  const values = noise(8 * 1_440, 4).map((value, minute) => usual(minute) + 3 * value);

  it('is odd when it is at night as it is by day, though no value is out of its range', () => {
    // At 18:00 the stream is at its lowest; it comes back to its middle for half an hour.
    const oddFrom = 7 * 1_440 + 18 * 60;
    const changed = minutesOf(8).map((minute) =>
      minute >= oddFrom && minute < oddFrom + 30 ? values[minute]! + 50 : values[minute]!,
    );
    const scores = scoresOf(changed);
    expect(Math.max(...scores.slice(oddFrom, oddFrom + 15))).toBeGreaterThan(0.75);
    const before = scores.slice(5 * 1_440, oddFrom).filter((score) => score > 0.75);
    expect(before.length).toBeLessThanOrEqual(1);
  });

  it('tells an incident once, not with each of its values', () => {
    const oddFrom = 7 * 1_440;
    const scores = scoresOf(values.map((value, minute) => (minute >= oddFrom ? value + 400 : value)));
    expect(scores[oddFrom]).toBeGreaterThan(0.85);
    expect(scores.slice(oddFrom, oddFrom + 240).filter((score) => score > 0.75).length).toBeLessThanOrEqual(6);
  });
});

test('bytes of another version is refused', () => {
  expect(() => loadSeries(Uint8Array.of(0))).toThrow(/version 0/);
  expect(() => loadSeries(Uint8Array.of(1, 7))).toThrow(/does not fit/);
  expect(() => loadSeries(new Uint8Array())).toThrow(/version/);
});

test('a stream without change gives about one strong score a week, by minutes', () => {
  const weeks = 2;
  const strong = Array.from({ length: 4 }, (_, seed) => scoresOf(noise(weeks * 10_080, 10 + seed)))
    .flat()
    .filter((score) => score >= 0.8);
  expect(strong.length).toBeLessThanOrEqual(4 * weeks);
});
