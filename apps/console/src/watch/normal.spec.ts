import { describe, expect, it } from '@jest/globals';
import { usualBand } from './normal.ts';

const minute = (p10: number, p90: number, predictions = 10) => ({
  predictions,
  confidence: { p10, p50: (p10 + p90) / 2, p90 },
  value: null,
});

describe('what is usual for a stream', () => {
  it('lies between the middle lower tenth and the middle upper tenth', () => {
    const minutes = [0.5, 0.6, 0.7, 0.8, 0.6].map((p10) => minute(p10, p10 + 0.2));
    const band = usualBand(minutes);
    expect(band?.low).toBeCloseTo(0.6);
    expect(band?.high).toBeCloseTo(0.8);
  });

  it('is not known from four minutes, nor from minutes without predictions', () => {
    expect(usualBand([1, 2, 3, 4].map(() => minute(0.5, 0.9)))).toBeNull();
    expect(usualBand([1, 2, 3, 4, 5].map(() => minute(0.5, 0.9, 0)))).toBeNull();
  });

  it('is not moved by one bad minute', () => {
    const minutes = [...Array.from({ length: 6 }, () => minute(0.7, 0.9)), minute(0, 0.1)];
    expect(usualBand(minutes)).toEqual({ low: 0.7, high: 0.9 });
  });
});
