import { describe, expect, it } from '@jest/globals';
import { only, signalsOf, streamStartMs, watchAll, windowsOf } from '../../../../test/builders/a-stream.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';

const settings = only('confidence-shift', { falseAlarmEvery: 100_000 });

function confidences(count: number, confidenceAt: (index: number, draw: number) => number) {
  return Array.from({ length: count }, (_, index) => ({ confidence: confidenceAt(index, drawFrom(index, 61)) }));
}

describe('a shift of confidence', () => {
  it('is told with what it was, what it is, and since when', () => {
    const rows = confidences(1_200, (index, draw) => (index < 1_000 ? 0.8 : 0.6) + 0.15 * draw);
    const [found, ...others] = windowsOf(watchAll(rows, settings));
    expect(others).toEqual([]);
    expect(found?.index).toBeGreaterThanOrEqual(1_000);
    expect(found?.index).toBeLessThan(1_040);
    const { signal, stretch } = found!.window;
    expect(signal.kind).toBe('confidence-shift');
    expect(signal.score).toBeGreaterThanOrEqual(signal.threshold);
    expect(signal.threshold).toBe(100_000);
    expect(signal.reason).toMatch(
      /^The confidence of the model fell from 8\d %|9\d % to 6\d %|7\d % .*, over the last \d+ predictions or so\. By chance this comes once in 100,000 predictions at most\.$/,
    );
    expect(Math.abs(stretch.fromPosition - 1_001)).toBeLessThan(5);
    expect(stretch.toPosition).toBe(found!.index + 1);
    expect(Date.parse(stretch.from)).toBe(streamStartMs + (stretch.fromPosition - 1) * 1_000);
    expect(Date.parse(stretch.to)).toBe(streamStartMs + found!.index * 1_000);
    expect(signal.evidence).toMatchObject({ afterCount: stretch.toPosition - stretch.fromPosition + 1 });
  });

  it('is seen in the spread alone', () => {
    const rows = confidences(1_500, (index, draw) => 0.75 + (index < 1_000 ? 0.1 : 0.4) * (draw - 0.5));
    expect(signalsOf(watchAll(rows, settings), 'confidence-shift').map(({ index }) => index < 1_100)).toEqual([true]);
  });

  it('is seen among confidences next to 1', () => {
    const rows = confidences(2_000, (index, draw) => 1 - (index < 1_500 ? 1e-4 : 5e-4) * (0.5 + draw));
    const [first] = signalsOf(watchAll(rows, settings), 'confidence-shift');
    expect(first?.index).toBeGreaterThanOrEqual(1_500);
    expect(first?.index).toBeLessThan(1_560);
  });

  it('is learnt as the new habit', () => {
    const rows = confidences(6_000, (index, draw) => (index < 1_000 ? 0.8 : 0.5) + 0.15 * draw);
    expect(signalsOf(watchAll(rows, settings), 'confidence-shift')).toHaveLength(1);
  });

  it.each([
    ['constant', () => 0.9],
    ['always 0 or 1', (_: number, draw: number) => (draw < 0.3 ? 0 : 1)],
    ['skewed', (_: number, draw: number) => 1 - draw ** 5],
  ])('is not seen where confidences are %s', (_, confidenceAt) => {
    expect(signalsOf(watchAll(confidences(20_000, confidenceAt), settings), 'confidence-shift')).toEqual([]);
  });

  it('asks for more evidence on a fast stream: no more than a false alarm a day', () => {
    const rows = confidences(22_000, (index, draw) => (index < 21_000 ? 0.8 : 0.6) + 0.15 * draw);
    const [found] = signalsOf(watchAll(rows, settings, { gapMs: 20 }), 'confidence-shift');
    expect(found?.signal.threshold).toBeGreaterThan(2_900 * 1_440);
    expect(found?.signal.evidence.falseAlarmEvery).toBe(found?.signal.threshold);
  });

  it('leaves predictions without a confidence out', () => {
    expect(signalsOf(watchAll(new Array(500).fill({}), settings), 'confidence-shift')).toEqual([]);
  });
});
