import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Tick } from '@watchfloor/contracts';
import { tickSchema } from '@watchfloor/contracts';
import { aPrediction } from '../../../../test/builders/a-prediction.ts';
import { everyStream, TickSource } from './tick-source.ts';

describe('ticks', () => {
  let source: TickSource;
  let heard: Tick[];
  const positions = new Map<string, number>();

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-22T06:00:00.000Z') });
    positions.clear();
    source = new TickSource();
    source.onModuleInit();
    heard = [];
    source.ticks.subscribe((tick) => heard.push(tick));
  });
  afterEach(() => {
    source.onModuleDestroy();
    jest.useRealTimers();
  });

  function observe(
    stream: string,
    count: number,
    given: Parameters<typeof aPrediction>[0] = {},
    isFlagged = false,
  ): void {
    for (let at = 0; at < count; at += 1) {
      const position = (positions.get(stream) ?? 0) + 1;
      positions.set(stream, position);
      source.observe(aPrediction({ stream, ...given }), { position, isFlagged });
    }
  }

  it('come twice a second at most, of streams that somebody watches, while something changes', async () => {
    const stop = source.watch('a');
    for (let passed = 0; passed < 20; passed += 1) {
      observe('a', 3);
      observe('b', 3);
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(heard.map(({ stream }) => stream)).toEqual(['a', 'a', 'a', 'a']);

    await jest.advanceTimersByTimeAsync(20_000);
    expect(heard.at(-1)).toMatchObject({ position: 60, perSecond: 0 });
    const quiet = heard.length;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(heard.length).toBe(quiet);

    stop();
    stop();
    observe('a', 1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(heard.length).toBe(quiet);
  });

  it('can be had of every stream, by several at once', async () => {
    const [stopOne, stopTwo] = [source.watch(everyStream), source.watch(everyStream)];
    observe('a', 1);
    observe('b', 1);
    stopOne();
    await jest.advanceTimersByTimeAsync(500);
    expect(heard.map(({ stream }) => stream)).toEqual(['a', 'b']);
    stopTwo();
  });

  it('hold figures of the last minute', async () => {
    source.watch('a');
    observe('a', 100, { label: 'old', confidence: 0.1 });
    await jest.advanceTimersByTimeAsync(61_000);
    for (let at = 1; at <= 10; at += 1)
      observe('a', 1, { label: at <= 8 ? 'fine' : '__proto__', confidence: at / 10, latencyMs: at }, at === 1);
    await jest.advanceTimersByTimeAsync(500);

    const tick = heard.at(-1)!;
    expect(tickSchema.safeParse(tick).success).toBe(true);
    expect(tick).toMatchObject({
      position: 110,
      confidence: { p10: 0.1, p50: 0.5, p90: 0.9 },
      latencyMs: { p10: 1, p50: 5, p90: 9 },
      value: null,
      flagShare: 0.1,
    });
    expect(Object.entries(tick.labels)).toEqual([
      ['fine', 0.8],
      ['__proto__', 0.2],
    ]);
  });

  it('count what comes in a second, however it is batched', async () => {
    source.watch('a');
    for (let second = 0; second < 10; second += 1) {
      observe('a', 400);
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(heard.at(-1)!.perSecond).toBeGreaterThan(350);
    expect(heard.at(-1)!.perSecond).toBeLessThan(450);
  });

  it('are kept for two minutes, one a second, and then forgotten', async () => {
    for (let second = 0; second < 150; second += 1) {
      observe('a', 1);
      await jest.advanceTimersByTimeAsync(1_000);
    }
    const recent = source.recent('a');
    expect(recent).toHaveLength(120);
    expect(recent.at(-1)?.position).toBe(150);
    expect(recent.every((tick, at) => at === 0 || tick.position === recent[at - 1]!.position + 1)).toBe(true);

    await jest.advanceTimersByTimeAsync(125_000);
    expect(source.recent('a')).toEqual([]);
  });
});
