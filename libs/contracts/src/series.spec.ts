import { expect, it } from '@jest/globals';
import { seriesRowSchema, timestampMs } from './series.ts';

const six = Date.parse('2026-11-22T06:00:00.000Z');

it.each([
  ['2026-11-22 06:00:00', six],
  ['2026-11-22 06:00', six],
  ['2026-11-22T06:00:00.000Z', six],
  ['2026-11-22T06:00:00.250000Z', six + 250],
  ['2026-11-22T08:00:00+02:00', six],
  ['2026-11-22T08:00:00 +0200', six],
  ['2026-11-22', six - 6 * 3_600_000],
])('%s is an instant', (text, ms) => {
  expect(timestampMs(text)).toBe(ms);
});

it.each(['', 'x', '22.11.2026', '2026-13-01 00:00:00', '2026-02-30 00:00:00', '2026-11-22 25:00:00', '1', '=1+1'])(
  '%j is none',
  (text) => {
    expect(timestampMs(text)).toBeNull();
    expect(seriesRowSchema.safeParse({ timestamp: text, value: 1 }).success).toBe(false);
  },
);
