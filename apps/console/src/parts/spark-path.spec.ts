import { describe, expect, it } from '@jest/globals';
import { heightOf, linePath, rangeOf, shareRangeOf } from './spark-path.ts';
import type { SparkFrame } from './spark-path.ts';

const frame: SparkFrame = { width: 100, height: 40, untilMs: 10_000, spanMs: 10_000, bottom: 0, top: 1 };

function source(...points: readonly { readonly atMs: number; readonly value: number }[]) {
  return {
    size: points.length,
    point: (index: number) => {
      const point = points[index];
      return { atMs: point?.atMs ?? 0, low: Number.NaN, middle: point?.value ?? Number.NaN };
    },
  };
}

describe('the path of a spark', () => {
  it('goes from point to point, time to the right and values up', () => {
    expect(linePath(source({ atMs: 0, value: 0 }, { atMs: 5_000, value: 1 }), 'middle', frame)).toBe(
      'M0.0 40.0L50.0 0.0',
    );
  });

  it('leaves a hole where nothing was heard for longer than five seconds', () => {
    expect(linePath(source({ atMs: 0, value: 0.5 }, { atMs: 9_000, value: 0.5 }), 'middle', frame)).toBe(
      'M0.0 20.0M90.0 20.0',
    );
  });

  it('leaves out what lies before the frame and what was not measured', () => {
    expect(linePath(source({ atMs: -1, value: 0.5 }, { atMs: 1_000, value: Number.NaN }), 'middle', frame)).toBe('');
    expect(linePath(source({ atMs: 1_000, value: 0.5 }), 'low', frame)).toBe('');
  });

  it('keeps values outside the range at the edge', () => {
    expect([heightOf(7, frame), heightOf(-7, frame)]).toEqual([0, 40]);
  });

  it.each([
    [[], 0, 1],
    [[Number.NaN], 0, 1],
    [[10, 20], 9, 21],
    [[5, 5], 4.5, 5.5],
    [[0], -0.5, 0.5],
  ])('shows %j between %d and %d', (values, low, high) => {
    expect(rangeOf(values)).toEqual([low, high]);
  });

  it.each([
    [[], 0, 1],
    [[0.9, 0.92], 0.7, 1],
    [[0.1, 0.1], 0.09, 0.39],
    [[0, 1], 0, 1],
    [[0.2, 0.7], 0.15, 0.75],
  ])('shows the probabilities %j between %d and %d', (values, low, high) => {
    const [bottom, top] = shareRangeOf(values);
    expect(bottom).toBeCloseTo(low);
    expect(top).toBeCloseTo(high);
  });
});
