import { describe, expect, it } from '@jest/globals';
import type { Tick } from '@watchfloor/contracts';
import { ringSize, TickRing } from './rings.ts';

function aTick(second: number, p50 = 0.9): Tick {
  return {
    stream: 'digits',
    at: new Date(second * 1_000).toISOString(),
    position: second,
    perSecond: 2,
    confidence: { p10: p50 - 0.1, p50, p90: 1 },
    value: null,
    latencyMs: null,
    flagShare: 0,
    labels: {},
  };
}

describe("a stream's ring of ticks", () => {
  it('keeps the newest in order, however many came', () => {
    const ring = new TickRing();
    for (let second = 1; second <= ringSize + 10; second += 1) {
      expect(ring.push(aTick(second))).toBe(true);
    }
    expect(ring.size).toBe(ringSize);
    expect(ring.point(0).atMs).toBe(11_000);
    expect(ring.point(ringSize - 1).atMs).toBe((ringSize + 10) * 1_000);
    expect(ring.all().map(({ position }) => position)).toEqual(
      Array.from({ length: ringSize }, (_, index) => index + 11),
    );
    expect(ring.latest?.position).toBe(ringSize + 10);
  });

  it('lets a tick that is not newer pass', () => {
    const ring = new TickRing();
    ring.push(aTick(5, 0.5));
    expect(ring.push(aTick(5, 0.7))).toBe(false);
    expect(ring.push(aTick(4, 0.7))).toBe(false);
    expect(ring.point(0).middle).toBe(0.5);
  });

  it('has no figure where neither confidence nor value was measured', () => {
    const ring = new TickRing();
    ring.push({ ...aTick(1), confidence: null });
    expect(ring.point(0).middle).toBeNaN();
  });
});
