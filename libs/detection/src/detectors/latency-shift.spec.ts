import { describe, expect, it } from '@jest/globals';
import { only, signalsOf, watchAll } from '../../../../test/builders/a-stream.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';

const settings = only('latency-shift', { falseAlarmEvery: 100_000 });

function latencies(count: number, latencyAt: (index: number, draw: number) => number) {
  return Array.from({ length: count }, (_, index) => ({ latencyMs: latencyAt(index, drawFrom(index, 81)) }));
}

describe('a shift of latency', () => {
  it('is told in milliseconds', () => {
    const rows = latencies(1_200, (index, draw) => (index < 1_000 ? 10 : 25) * (1 + draw));
    const [found, ...others] = signalsOf(watchAll(rows, settings), 'latency-shift');
    expect(others).toEqual([]);
    expect(found?.index).toBeGreaterThanOrEqual(1_000);
    expect(found?.index).toBeLessThan(1_040);
    expect(found?.signal.reason).toMatch(/^The latency of the model rose from 1\d\.\d+ ms to \d\d\.\d+ ms /);
    expect(found?.signal.evidence).toMatchObject({ before: { p50: expect.any(Number) }, falseAlarmEvery: 100_000 });
  });

  it('is seen in the slowest answers alone', () => {
    const rows = latencies(3_000, (index, draw) => 10 * (1 + draw) * (index >= 2_000 && draw > 0.8 ? 6 : 1));
    const [found] = signalsOf(watchAll(rows, settings), 'latency-shift');
    expect(found?.index).toBeGreaterThan(2_000);
    expect(found?.signal.reason).toContain('at its upper tenth');
  });

  it('is not worth a word below a fifth', () => {
    const rows = latencies(6_000, (index, draw) => (index < 3_000 ? 10 : 11) * (1 + draw / 10));
    expect(signalsOf(watchAll(rows, settings), 'latency-shift')).toEqual([]);
  });

  it.each([0, 1e-9, 5, 1e308])('takes a constant latency of %d ms', (latencyMs) => {
    expect(
      signalsOf(
        watchAll(
          latencies(2_000, () => latencyMs),
          settings,
        ),
        'latency-shift',
      ),
    ).toEqual([]);
  });
});
