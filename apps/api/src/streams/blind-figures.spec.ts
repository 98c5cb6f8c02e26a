import { describe, expect, it } from '@jest/globals';
import type { Minute, Tick } from '@watchfloor/contracts';
import { blindMinute, blindTick } from './blind-figures.ts';

const quantiles = { p10: 0.4, p50: 0.5, p90: 0.6 };
const tick: Tick = {
  stream: 'digits',
  at: '2026-11-22T06:00:30.000Z',
  position: 1_000,
  perSecond: 2,
  confidence: quantiles,
  value: quantiles,
  latencyMs: quantiles,
  flagShare: 0.1,
  labels: { one: 1 },
};
const minute: Minute = {
  at: '2026-11-22T06:00:00.000Z',
  predictions: 3,
  flagged: 1,
  confidence: quantiles,
  value: null,
  latencyMs: quantiles,
  labels: { one: 3 },
};
const blank = { confidence: null, value: null, labels: {} };

describe('figures for somebody who is to answer blind', () => {
  it.each([
    ['a prediction among them', 990, '2026-11-22T06:00:10.000Z', true],
    ['the last one', 1_000, '2026-11-22T06:00:30.000Z', true],
    ['one that came later', 1_001, '2026-11-22T06:00:31.000Z', false],
    ['one too many before', 744, '2026-11-22T06:00:10.000Z', false],
    ['one long ago', 990, '2026-11-22T05:50:00.000Z', false],
  ])('a tick is %s', (_what, position, receivedAt, isBlank) => {
    expect(blindTick(tick, [{ position, receivedAt }])).toEqual(isBlank ? { ...tick, ...blank } : tick);
  });

  it.each([
    ['2026-11-22T06:00:00.000Z', true],
    ['2026-11-22T06:00:59.999Z', true],
    ['2026-11-22T06:01:00.000Z', false],
    ['2026-11-22T05:59:59.999Z', false],
  ])('a minute with a prediction received at %s', (receivedAt, isBlank) => {
    expect(blindMinute(minute, [{ position: 1, receivedAt }])).toEqual(isBlank ? { ...minute, ...blank } : minute);
  });

  it('are whole where nothing is hidden', () => {
    expect(blindTick(tick, [])).toBe(tick);
    expect(blindMinute(minute, [])).toBe(minute);
  });
});
