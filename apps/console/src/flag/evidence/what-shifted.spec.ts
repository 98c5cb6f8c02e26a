import { describe, expect, it } from '@jest/globals';
import { shiftIn } from './what-shifted.ts';

describe('what shifted', () => {
  it('is the labels whose shares changed, those that changed most first', () => {
    const grew = [{ label: '8', before: 0.09, after: 0.4 }];
    const shrank = [
      { label: '1', before: 0.5, after: 0.1 },
      { label: '4', before: 0.2, after: 0.19 },
    ];
    expect(shiftIn({ kind: 'label-shift', evidence: { grew, shrank, afterCount: 47 } })).toEqual({
      is: 'labels',
      labels: [shrank[0], grew[0], shrank[1]],
    });
  });

  it('is the quantiles, on a line from 0 to 1 for a confidence and as long as needed for the rest', () => {
    const before = { p10: 0.4, p50: 0.8, p90: 0.9 };
    const after = { p10: 0.2, p50: 0.5, p90: 0.7 };
    expect(shiftIn({ kind: 'confidence-shift', evidence: { before, after } })).toMatchObject({
      is: 'quantiles',
      low: 0,
      high: 1,
    });
    const slow = { p10: 100, p50: 200, p90: 400 };
    expect(shiftIn({ kind: 'latency-shift', evidence: { before: slow, after: slow } })).toMatchObject({
      low: 0,
      high: expect.closeTo(440),
    });
  });

  it.each([
    [{}],
    [{ before: 3, after: { p10: 1, p50: 2, p90: 3 } }],
    [{ before: { p10: 1, p50: 2 }, after: { p10: 1, p50: 2, p90: 3 } }],
    [{ grew: [{ label: 'a', before: 'much', after: 0.2 }], shrank: 'none' }],
    [{ grew: [{ label: 'a', before: 3, after: 0.2 }] }],
  ])('is nothing to draw for %j', (evidence) => {
    expect(shiftIn({ kind: 'label-shift', evidence })).toBeNull();
  });
});
