import { describe, expect, it } from '@jest/globals';
import { countOf, dateTimeOf, minuteOf, spanOf, timeOf, wholeSpanOf } from './time.ts';

describe('stretches of time', () => {
  it.each([
    [-5, '0.0 s'],
    [400, '0.4 s'],
    [9_949, '9.9 s'],
    [9_960, '9 s'],
    [42_900, '42 s'],
    [60_000, '1 min'],
    [3_599_000, '59 min'],
    [3_600_000, '1 h'],
    [11_520_000, '3 h 12 min'],
    [86_400_000, '1 d'],
    [187_200_000, '2 d 4 h'],
  ])('%d ms are %s', (ms, text) => {
    expect(spanOf(ms)).toBe(text);
  });

  it.each([
    [0, '00:00'],
    [252_000, '04:12'],
    [3_852_000, '1:04:12'],
  ])('%d ms have run %s', (ms, text) => {
    expect(countOf(ms)).toBe(text);
  });

  it.each([
    [-1, '0 s'],
    [7_900, '7 s'],
    [61_000, '1 min'],
  ])('%d ms are %s to the second', (ms, text) => {
    expect(wholeSpanOf(ms)).toBe(text);
  });

  it('writes a moment as ISO does, in UTC', () => {
    const at = '2026-11-22T03:12:40.123Z';
    expect([timeOf(at, 'utc'), minuteOf(at, 'utc'), dateTimeOf(at, 'utc')]).toEqual([
      '03:12:40',
      '03:12',
      '2026-11-22 03:12:40',
    ]);
    expect(timeOf('2026-11-22T00:00:00.000Z', 'utc')).toBe('00:00:00');
  });
});
