import { describe, expect, it } from '@jest/globals';
import type { Minute, Tick } from '@watchfloor/contracts';
import { labelShares, seriesOf } from './series.ts';

const minuteMs = 60_000;

function aMinute(at: number, changes: Partial<Minute> = {}): Minute {
  return {
    at: new Date(at * minuteMs).toISOString(),
    predictions: 60,
    flagged: 6,
    confidence: { p10: 0.6, p50: 0.9, p90: 1 },
    value: null,
    latencyMs: null,
    labels: { a: 45, b: 15 },
    ...changes,
  };
}

function aTick(ms: number): Tick {
  return {
    stream: 's',
    at: new Date(ms).toISOString(),
    position: 1,
    perSecond: 2,
    confidence: { p10: 0.5, p50: 0.8, p90: 1 },
    value: null,
    latencyMs: null,
    flagShare: 0.2,
    labels: { a: 1 },
  };
}

const hour = { from: 0, until: 60 * minuteMs };

describe("a stream's series", () => {
  it('puts a minute at its middle, with shares instead of counts', () => {
    expect(seriesOf([aMinute(3)], [], hour)).toEqual([
      {
        at: 3.5 * minuteMs,
        figure: { p10: 0.6, p50: 0.9, p90: 1 },
        flagShare: 0.1,
        perMinute: 60,
        latencyMs: null,
        labels: { a: 0.75, b: 0.25 },
      },
    ]);
  });

  it('goes on with ticks after the last closed minute, one in five seconds and the newest', () => {
    const ticks = Array.from({ length: 40 }, (_, index) => aTick(3.8 * minuteMs + index * 500));
    const points = seriesOf([aMinute(3)], ticks, hour);
    expect(points.map(({ at }) => at / 1_000)).toEqual([210, 240, 245, 247.5]);
    expect(points.at(-1)).toMatchObject({ flagShare: 0.2, perMinute: 120 });
  });

  it('leaves a hole where nothing came', () => {
    const points = seriesOf([aMinute(1), aMinute(2), aMinute(9)], [], hour);
    expect(points.map(({ figure }) => figure === null)).toEqual([false, false, true, true, false]);
  });

  it('merges minutes where there are too many, each prediction weighing the same', () => {
    const heavy = aMinute(0, { predictions: 90, flagged: 9, labels: { a: 90 } });
    const light = aMinute(1, {
      predictions: 10,
      flagged: 10,
      confidence: { p10: 0, p50: 0, p90: 0 },
      labels: { b: 10 },
    });
    const [point, ...others] = seriesOf([heavy, light], [], { from: 0, until: 2 * minuteMs }, 1);
    expect(others).toEqual([]);
    expect(point).toMatchObject({ at: minuteMs, perMinute: 50, flagShare: 0.19, labels: { a: 0.9, b: 0.1 } });
    expect(point?.figure?.p50).toBeCloseTo(0.81);
  });

  it('says how often each label comes, overall and lately, commonest first', () => {
    const minutes = [1, 2, 3].map((at) => aMinute(at, { labels: { a: 60 } }));
    const later = [4, 5, 6].map((at) => aMinute(at, { labels: { a: 30, b: 30 } }));
    expect(labelShares(seriesOf([...minutes, ...later], [], hour))).toEqual([
      { label: 'a', overall: 0.75, lately: 0.5 },
      { label: 'b', overall: 0.25, lately: 0.5 },
    ]);
    expect(labelShares(seriesOf([], [], hour))).toEqual([]);
  });
});
