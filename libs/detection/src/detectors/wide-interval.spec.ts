import { describe, expect, it } from '@jest/globals';
import { only, signalsOf, watchAll } from '../../../../test/builders/a-stream.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';

const settings = only('wide-interval', { share: 0.05 });

function widths(count: number, widthAt: (index: number, draw: number) => number) {
  return Array.from({ length: count }, (_, index) => {
    const width = widthAt(index, drawFrom(index, 51));
    return { label: undefined, value: 10, interval: [10 - width / 2, 10 + width / 2] as [number, number] };
  });
}

describe('a wide interval', () => {
  it('is among the widest of the stream', () => {
    const findings = watchAll(
      widths(4_000, (_, draw) => 1 + 3 * draw),
      settings,
    );
    const found = signalsOf(findings, 'wide-interval');
    expect(found.length / 4_000).toBeGreaterThan(0.035);
    expect(found.length / 4_000).toBeLessThanOrEqual(0.055);
    for (const { signal } of found) {
      expect(signal.score).toBeGreaterThan(signal.threshold * 0.999_999);
    }
  });

  it('is told with the usual width', () => {
    const rows = widths(100, (index) => (index === 99 ? 8 : 1 + (index % 10) / 10));
    const [found] = signalsOf(watchAll(rows, settings), 'wide-interval').slice(-1);
    expect(found?.index).toBe(99);
    expect(found?.signal.reason).toBe(
      'The interval is 8 wide; the usual one is 1.4, and 100 % of the last 99 were no wider.',
    );
  });

  it.each([
    ['equal', () => 5],
    ['nearly equal', (_: number, draw: number) => 5 + draw / 10],
    ['zero', () => 0],
  ])('is nothing where all are %s', (_, widthAt) => {
    expect(signalsOf(watchAll(widths(1_000, widthAt), settings), 'wide-interval')).toEqual([]);
  });

  it('follows a stream whose intervals grow', () => {
    const findings = watchAll(
      widths(4_000, (index, draw) => (index < 2_000 ? 1 : 10) + 3 * draw),
      settings,
    );
    const later = signalsOf(findings, 'wide-interval').filter(({ index }) => index >= 2_600);
    expect(later.length / 1_400).toBeLessThan(0.07);
  });

  it('holds the largest numbers there are', () => {
    const rows = widths(200, (index) => (index % 30 === 29 ? Infinity : 1)).map((row) => ({
      ...row,
      interval: row.interval.map((end) => Math.max(-1e308, Math.min(1e308, end))) as [number, number],
    }));
    const found = signalsOf(watchAll(rows, settings), 'wide-interval');
    expect(found.length).toBeGreaterThan(0);
    for (const { signal } of found) {
      expect(Number.isFinite(signal.score) && Number.isFinite(signal.threshold)).toBe(true);
    }
  });
});
