import { describe, expect, it } from '@jest/globals';
import { watchMinutes, type MinuteOfPredictions } from '../../../../test/builders/a-stream-by-minutes.ts';
import { only } from '../../../../test/builders/a-stream.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';

const settings = only('unusual-value');

/** So many minutes of ten values between 90 and 110, or of ten confidences between 0.8 and 1. */
function calm(minutes: number, figure: 'value' | 'confidence' = 'value'): MinuteOfPredictions[] {
  return Array.from({ length: minutes }, (_, minute) =>
    Array.from({ length: 10 }, (_, nth) => {
      const draw = drawFrom(10 * minute + nth, 17);
      return figure === 'value' ? { value: 90 + 20 * draw } : { confidence: 0.8 + 0.2 * draw };
    }),
  );
}

function told(minutes: readonly MinuteOfPredictions[]) {
  return watchMinutes(minutes, settings).flatMap(({ minute, finding }) =>
    finding.windows.map((window) => ({ minute, window })),
  );
}

describe('an unusual value', () => {
  it('is told when its minute closes, with what was expected', () => {
    const odd = [Array.from({ length: 10 }, () => ({ value: 180 }))];
    const [first, ...others] = told([...calm(300), ...odd, ...calm(60)]);
    expect(others).toEqual([]);
    expect(first?.minute).toBe(301);
    expect(first?.window.signal).toMatchObject({ kind: 'unusual-value', threshold: 0.85 });
    expect(first?.window.signal.score).toBeGreaterThan(0.85);
    expect(first?.window.signal.reason).toMatch(
      /^The mean value was 180 in one minute; \d+\.?\d* was to be expected, and it usually lies between 9\d.* and 10\d/,
    );
    expect(first?.window.stretch).toMatchObject({ fromPosition: 3_001, toPosition: 3_010 });
    expect(Date.parse(first!.window.stretch.from)).toBe(Date.parse('2026-11-22T11:00:00.000Z'));
  });

  it('is told also when it is one among many', () => {
    const one = [Array.from({ length: 10 }, (_, nth) => ({ value: nth === 4 ? 150 : 100 }))];
    const [first] = told([...calm(300), ...one, ...calm(2)]);
    expect(first?.minute).toBe(301);
    expect(first?.window.signal.evidence).toMatchObject({ figure: 'The distance of the values' });
  });

  it('is the mean confidence where there are no values', () => {
    const unsure = [Array.from({ length: 10 }, () => ({ confidence: 0.4 }))];
    const [first] = told([...calm(300, 'confidence'), ...unsure, ...calm(2, 'confidence')]);
    expect(first?.window.signal.reason).toMatch(/^The mean confidence was 40 % in one minute;/);
  });

  it('is not told while the range is learnt, nor of a stream that stays as it is', () => {
    const odd = [Array.from({ length: 10 }, () => ({ value: 180 }))];
    expect(told([...calm(140), ...odd, ...calm(2)])).toEqual([]);
    expect(told(calm(1_000))).toEqual([]);
  });

  it('is not told of a minute that is too thin for a mean', () => {
    expect(told([...calm(300), [{ value: 109 }], ...calm(60)])).toEqual([]);
  });

  it('is no storm in a stream whose values go on being unusual', () => {
    const odd = Array.from({ length: 120 }, () => Array.from({ length: 10 }, () => ({ value: 500 })));
    expect(told([...calm(300), ...odd]).length).toBeLessThanOrEqual(3);
  });
});
