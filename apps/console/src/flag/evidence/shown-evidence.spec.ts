import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shownEvidence } from './shown-evidence.ts';

describe('the figures behind a signal', () => {
  it('are named in words, also inside', () => {
    expect(
      shownEvidence({
        recentMean: 0.4,
        labels: { fine: 0.2, toxicNow: 0.8 },
        isSampled: true,
        defects: ['wrong-sum', 'x'],
        pairs: [[1]],
        none: null,
      }),
    ).toEqual([
      { name: 'recent mean', value: 0.4 },
      { name: 'labels · fine', value: 0.2 },
      { name: 'labels · toxicNow', value: 0.8 },
      { name: 'is sampled', value: 'true' },
      { name: 'defects', value: 'wrong-sum, x' },
      { name: 'pairs', value: '[[1]]' },
    ]);
  });

  it('are never too many, whatever the evidence', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }), { maxKeys: 100 }), (evidence) => {
        const facts = shownEvidence(evidence as never);
        expect(facts.length).toBeLessThanOrEqual(40);
        expect(facts.every(({ value }) => typeof value === 'number' || typeof value === 'string')).toBe(true);
      }),
    );
  });
});
