import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { standingFlags, weekEvidence } from './standing-flags.ts';

const flag = (key: string, eValue: number) => ({ key, eValue });

describe('standing flags', () => {
  it('need evidence for all hypotheses, and less of it the more stand with them', () => {
    expect(standingFlags([flag('a', 199)], 10, 0.05)).toEqual([]);
    expect(standingFlags([flag('a', 200)], 10, 0.05)).toEqual(['a']);
    expect(standingFlags([flag('a', 101), flag('b', 110), flag('c', 5)], 10, 0.05)).toEqual(['b', 'a']);
    expect(standingFlags([], 10, 0.05)).toEqual([]);
  });

  it('are the strongest ones, and fewer at a stricter level', () => {
    const found = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 50 });
    fc.assert(
      fc.property(found, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (eValues, level) => {
        const flags = eValues.map((eValue, key) => ({ key, eValue }));
        const standing = standingFlags(flags, 100, level);
        const weakest = Math.min(...standing.map((key) => eValues[key]!));
        const others = eValues.filter((_, key) => !standing.includes(key));
        expect(others.every((eValue) => eValue <= weakest)).toBe(true);
        expect(standingFlags(flags, 100, level / 2).length).toBeLessThanOrEqual(standing.length);
      }),
    );
  });

  it('refuse a count of hypotheses below what was found, and a level that is none', () => {
    expect(() => standingFlags([flag('a', 1), flag('b', 1)], 1, 0.05)).toThrow(RangeError);
    expect(() => standingFlags([], 1, 0)).toThrow(RangeError);
  });

  it('take a sum over a week’s predictions as evidence of that week', () => {
    expect(weekEvidence(1_000_000, 50_000)).toBe(20);
  });
});
