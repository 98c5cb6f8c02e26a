import { describe, expect, it } from '@jest/globals';
import { minuteSchema, type Minute } from '@watchfloor/contracts';
import { only, streamStartMs, watchSettings } from '../../../test/builders/a-stream.ts';
import { otherLabelsName } from './minute-roll-up.ts';
import { startWatch } from './stream-watch.ts';
import { watchClock } from './watch-clock.ts';
import { watchFigures } from './watch-figures.ts';
import { watchPrediction } from './watch-prediction.ts';
import type { Prediction } from '@watchfloor/contracts';

const settings = only('malformed');

/** A stream that is told by seconds: a prediction, or a look at the clock. */
function aStream(of = settings) {
  const watch = startWatch();
  let position = 0;
  return {
    watch,
    sees: (second: number, changes: Partial<Prediction> = {}): readonly Minute[] => {
      const prediction = { stream: 'toxicity', id: `p${++position}`, label: 'fine', ...changes };
      return watchPrediction(watch, { prediction, position, receivedAtMs: streamStartMs + second * 1_000 }, of).minutes;
    },
    ticks: (second: number): readonly Minute[] => watchClock(watch, streamStartMs + second * 1_000, of).minutes,
  };
}

const at = (minute: number) => new Date(streamStartMs + minute * 60_000).toISOString();

describe('a minute', () => {
  it('is closed by the first prediction after it', () => {
    const stream = aStream();
    for (const second of [0, 10, 59]) {
      expect(stream.sees(second)).toEqual([]);
    }
    const [minute, ...others] = stream.sees(61);
    expect(others).toEqual([]);
    expect(minute).toEqual({
      at: at(0),
      predictions: 3,
      flagged: 0,
      confidence: null,
      value: null,
      latencyMs: null,
      labels: { fine: 3 },
    });
    expect(minuteSchema.parse(minute)).toEqual(minute);
  });

  it('is closed by the clock, two seconds late, and once', () => {
    const stream = aStream();
    stream.sees(30);
    expect([59, 60, 61].flatMap(stream.ticks)).toEqual([]);
    expect(stream.ticks(62)).toMatchObject([{ at: at(0), predictions: 1 }]);
    expect([63, 122, 1_000].flatMap(stream.ticks)).toEqual([]);
  });

  it('that was closed is never told again, also when a late prediction belongs to it', () => {
    const stream = aStream();
    stream.sees(30);
    stream.ticks(62);
    stream.sees(59);
    stream.sees(70);
    expect(stream.sees(130)).toMatchObject([{ at: at(1), predictions: 2 }]);
  });

  it('without a prediction has no figures', () => {
    const stream = aStream();
    stream.sees(0);
    expect(stream.sees(600)).toMatchObject([{ at: at(0) }]);
    expect(stream.ticks(700)).toMatchObject([{ at: at(10) }]);
  });

  it('counts what was flagged, and tells confidence, value and latency', () => {
    const stream = aStream(only('low-confidence', { threshold: 0.5 }));
    for (let second = 1; second <= 50; second++) {
      stream.sees(second, { confidence: second / 50, value: -second, latencyMs: second * 2 });
    }
    expect(stream.ticks(62)).toEqual([
      {
        at: at(0),
        predictions: 50,
        flagged: 24,
        confidence: { p10: 0.1, p50: 0.5, p90: 0.9 },
        value: { p10: -46, p50: -26, p90: -6 },
        latencyMs: { p10: 10, p50: 50, p90: 90 },
        labels: { fine: 50 },
      },
    ]);
  });

  it('counts labels beyond the first fifty together', () => {
    const stream = aStream();
    for (let index = 0; index < 80; index++) {
      stream.sees(index / 10, { label: index < 60 ? `label-${index}` : otherLabelsName });
    }
    const [minute] = stream.ticks(100);
    expect(Object.keys(minute!.labels)).toHaveLength(51);
    expect(minute!.labels[otherLabelsName]).toBe(30);
    expect(Object.values(minute!.labels).reduce((sum, count) => sum + count, 0)).toBe(80);
  });

  it('takes labels that are names of an object for what they are', () => {
    const stream = aStream();
    stream.sees(1, { label: '__proto__' });
    expect(JSON.stringify(stream.ticks(100)[0]!.labels)).toBe('{"__proto__":1}');
  });
});

describe('the figures of a watch', () => {
  it('know the pace after five minutes', () => {
    const stream = aStream();
    for (let second = 0; second < 300; second += 2) {
      stream.sees(second);
      expect(watchFigures(stream.watch).usualPerMinute).toBeNull();
    }
    stream.sees(300);
    expect(watchFigures(stream.watch).usualPerMinute).toBeCloseTo(30);
  });

  it('say that the stream is being learnt for its first hundred predictions, or as long as the detectors need', () => {
    const young = aStream();
    for (let second = 1; second <= 100; second++) {
      expect(watchFigures(young.watch).isLearning).toBe(true);
      young.sees(second);
    }
    expect(watchFigures(young.watch).isLearning).toBe(true);

    const labelled = aStream(watchSettings());
    for (let second = 1; second <= 149; second++) {
      labelled.sees(second, { confidence: 0.9 });
    }
    expect(watchFigures(labelled.watch).isLearning).toBe(true);
    labelled.sees(150, { confidence: 0.9 });
    expect(watchFigures(labelled.watch).isLearning).toBe(false);
  });
});
