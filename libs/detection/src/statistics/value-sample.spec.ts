import { describe, expect, it } from '@jest/globals';
import { drawFrom } from './murmur-hash.ts';
import { forgetSample, noSample, sampleQuantiles, sampleValue } from './value-sample.ts';

describe('a sample of values', () => {
  it('has no quantiles while it is empty, also after it was cleared', () => {
    const sample = noSample();
    expect(sampleQuantiles(sample)).toBeNull();
    sampleValue(sample, 1, 0);
    forgetSample(sample);
    expect(sampleQuantiles(sample)).toBeNull();
  });

  it('is exact for up to 128 values', () => {
    const sample = noSample();
    for (let value = 100; value >= 1; value--) {
      sampleValue(sample, value, 0.5);
    }
    expect(sampleQuantiles(sample)).toEqual({ p10: 10, p50: 50, p90: 90 });
  });

  it('is close for many, also when they come in a pattern', () => {
    const sample = noSample();
    for (let index = 0; index < 50_000; index++) {
      sampleValue(sample, index % 2 === 0 ? drawFrom(index, 1) : 10 + drawFrom(index, 1), drawFrom(index, 2));
    }
    const quantiles = sampleQuantiles(sample)!;
    expect(quantiles.p10).toBeGreaterThan(0.05);
    expect(quantiles.p10).toBeLessThan(0.4);
    expect(quantiles.p90).toBeGreaterThan(10.6);
  });

  it('takes the largest numbers there are for the largest that it holds', () => {
    const sample = noSample();
    sampleValue(sample, 1e308, 0);
    sampleValue(sample, -1e308, 0);
    expect(sampleQuantiles(sample)).toEqual({ p10: -3.4e38, p50: -3.4e38, p90: 3.4e38 });
  });
});
