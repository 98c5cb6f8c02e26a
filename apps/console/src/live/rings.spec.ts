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

  it('is filled where nothing is kept: before its first tick, and in a gap of the line', () => {
    const ring = new TickRing();
    for (const second of [10, 10.5, 11, 20, 20.5]) ring.push(aTick(second, 0.5));
    expect(ring.fill(Array.from({ length: 14 }, (_, index) => aTick(index + 7.2, 0.7)))).toBe(true);
    const seconds = ring.all().map(({ position }) => position);
    expect(seconds).toEqual([7.2, 8.2, 9.2, 10, 10.5, 11, 12.2, 13.2, 14.2, 15.2, 16.2, 17.2, 18.2, 19.2, 20, 20.5]);
    expect(ring.latest?.position).toBe(20.5);
    expect(ring.fill([aTick(10.2), aTick(20.2)])).toBe(false);
  });

  it('keeps the newest when it is filled with more than it holds', () => {
    const ring = new TickRing();
    for (let second = 1_000; second < 1_200; second += 1) ring.push(aTick(second));
    ring.fill(Array.from({ length: 120 }, (_, index) => aTick(index + 850)));
    expect(ring.size).toBe(ringSize);
    expect(ring.all().map(({ position }) => position)).toEqual(
      Array.from({ length: ringSize }, (_, index) => index + (index < 40 ? 930 : 960)),
    );
  });

  it('has no figure where neither confidence nor value was measured', () => {
    const ring = new TickRing();
    ring.push({ ...aTick(1), confidence: null });
    expect(ring.point(0).middle).toBeNaN();
  });
});
