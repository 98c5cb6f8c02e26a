import { describe, expect, it } from '@jest/globals';
import { intervalLine, scoreBars } from './model-answer.ts';

describe('the bars of the scores', () => {
  it('stand in the order of likelihood, and mark what the model answered', () => {
    expect(scoreBars({ label: '1', scores: { '7': 0.39, '1': 0.58, '4': 0.03 } })).toEqual({
      bars: [
        { label: '1', score: 0.58, length: 0.58, isModel: true },
        { label: '7', score: 0.39, length: 0.39, isModel: false },
        { label: '4', score: 0.03, length: 0.03, isModel: false },
      ],
      leftOut: 0,
    });
  });

  it('are ten at most, the model’s own always among them', () => {
    const scores = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`l${index}`, 1 - index / 30]));
    const { bars, leftOut } = scoreBars({ label: 'l29', scores });
    expect(bars).toHaveLength(10);
    expect(bars.at(-1)?.label).toBe('l29');
    expect(leftOut).toBe(20);
  });

  it('stay within their frame for scores that are no probabilities', () => {
    const { bars } = scoreBars({ label: 'a', scores: { a: 3, b: -1, c: Number.NaN } });
    expect(bars.map(({ label, length }) => [label, length])).toEqual([
      ['a', 1],
      ['b', 0],
      ['c', 0],
    ]);
  });

  it('are none without scores', () => {
    expect(scoreBars({ label: 'a' })).toEqual({ bars: [], leftOut: 0 });
  });
});

describe('the line of an interval', () => {
  it('has air at both ends', () => {
    expect(intervalLine({ value: 15, interval: [10, 20] })).toMatchObject({ value: 0.5, low: 10, high: 20 });
    expect(intervalLine({ value: 15, interval: [10, 20] })?.from).toBeCloseTo(1 / 12);
  });

  it('holds a value outside its own interval, and an interval that stands upside down', () => {
    expect(intervalLine({ value: 30, interval: [20, 10] })).toMatchObject({ low: 10, high: 20 });
    expect(intervalLine({ value: 30, interval: [20, 10] })?.value).toBeCloseTo(11 / 12);
  });

  it.each([
    [{ value: 1 }],
    [{ interval: [1, 2] as [number, number] }],
    [{ value: 1, interval: [1, 1] as [number, number] }],
    [{ value: Number.NaN, interval: [1, 2] as [number, number] }],
  ])('is not drawn for %j', (prediction) => {
    expect(intervalLine(prediction)).toBeNull();
  });
});
