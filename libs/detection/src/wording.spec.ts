import { describe, expect, it } from '@jest/globals';
import { durationInWords, figure, finite, percent, quoted, sevenDigits } from './wording.ts';

describe('quoted', () => {
  it.each([
    ['8', '“8”'],
    ['x'.repeat(50), `“${'x'.repeat(39)}…”`],
    ['abc\u202edef\u2066', '“abcdef”'],
    ['<b>', '“<b>”'],
  ])('quotes %j', (label, text) => {
    expect(quoted(label)).toBe(text);
  });

  it('never leaves half a character behind', () => {
    expect(quoted('😀'.repeat(30)).isWellFormed()).toBe(true);
    expect(quoted('\ud800').isWellFormed()).toBe(true);
  });
});

describe('figures in words', () => {
  it.each([
    [0.414, '41 %'],
    [0.0834, '8.3 %'],
    [0.9712, '97.1 %'],
    [1, '100 %'],
    [0, '0 %'],
  ])('says the share %d as %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  it.each([
    [850, '850 ms'],
    [12_300, '12 s'],
    [240_000, '4 min'],
    [9_000_000, '2.5 h'],
  ])('says %d ms as %s', (ms, text) => {
    expect(durationInWords(ms)).toBe(text);
  });

  it('keeps four digits', () => {
    expect(figure(1234.567)).toBe('1235');
    expect(figure(0.0123456)).toBe('0.01235');
    expect(figure(1e308)).toBe('1e+308');
  });

  it('drops the noise of single precision', () => {
    expect(sevenDigits(Math.fround(0.4832))).toBe(0.4832);
  });

  it('brings every number into the range of JSON', () => {
    expect([Infinity, -Infinity, NaN, 3].map(finite)).toEqual([Number.MAX_VALUE, -Number.MAX_VALUE, 0, 3]);
  });
});
