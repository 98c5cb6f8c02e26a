import { describe, expect, it } from '@jest/globals';
import type { Prediction } from '@watchfloor/contracts';
import { only, signalsOf, watchAll } from '../../../../test/builders/a-stream.ts';

const settings = { ...only('malformed', { sumTolerance: 0.02 }), labels: ['fine', 'toxic'] };

function judge(prediction: Partial<Prediction>) {
  const [found] = signalsOf(watchAll([prediction], settings), 'malformed');
  return found?.signal;
}

const scores = { fine: 0.7, toxic: 0.3 };

describe('a malformed output', () => {
  it.each<[string, Partial<Prediction>, number, number]>([
    ['undeclared-label', { label: 'spam' }, 1, 0],
    ['improbable-confidence', { confidence: 1.7 }, 1.7, 1],
    ['improbable-confidence', { confidence: -0.1 }, -0.1, 0],
    ['improbable-score', { scores: { fine: 1.2, toxic: -0.2 } }, -0.2, 0],
    ['improbable-score', { scores: { fine: 1.01, toxic: 0 } }, 1.01, 1],
    ['wrong-sum', { scores: { fine: 0.7, toxic: 0.2 } }, 0.1, 0.02],
    ['wrong-sum', { scores: {} }, 1, 0.02],
    ['label-without-score', { scores: { toxic: 1 } }, 1, 0],
    ['contradicted-confidence', { scores, confidence: 0.9 }, 0.2, 0.02],
    ['reversed-interval', { label: undefined, value: 2, interval: [3, 1] }, 2, 0],
    ['value-outside-interval', { label: undefined, value: 5, interval: [1, 3] }, 5, 3],
    ['value-outside-interval', { label: undefined, value: 0, interval: [1, 3] }, 0, 1],
  ])('is seen as %s: %j', (defect, prediction, score, threshold) => {
    const signal = judge(prediction);
    expect(signal?.evidence.defects).toEqual([defect, ...(signal?.evidence.defects as string[]).slice(1)]);
    expect(signal?.score).toBeCloseTo(score);
    expect(signal?.threshold).toBe(threshold);
  });

  it.each<[string, Partial<Prediction>]>([
    ['a label alone', {}],
    ['scores that sum to 1 within the tolerance', { scores: { fine: 0.7, toxic: 0.315 } }],
    ['a confidence that is the score of the answer', { scores, confidence: 0.7 }],
    ['an answer that is not the likeliest label', { label: 'toxic', scores, confidence: 0.3 }],
    ['a value within its interval, ends included', { label: undefined, value: 3, interval: [1, 3] }],
    ['the bounds of probability', { scores: { fine: 1, toxic: 0 }, confidence: 1 }],
  ])('is not %s', (_, prediction) => {
    expect(judge(prediction)).toBeUndefined();
  });

  it('is not a label of any name while none is declared', () => {
    expect(signalsOf(watchAll([{ label: 'anything' }], only('malformed')), 'malformed')).toEqual([]);
  });

  it('is told with all its faults in one signal', () => {
    const signal = judge({ label: 'spam', confidence: 3, scores: { fine: 0.2, toxic: 0.2 } });
    expect(signal?.evidence.defects).toEqual([
      'undeclared-label',
      'improbable-confidence',
      'wrong-sum',
      'label-without-score',
    ]);
    expect(signal?.reason).toBe(
      "The model's output is malformed: “spam” is none of the 2 declared labels, and 3 more.",
    );
  });

  it('finds no score in what every object inherits', () => {
    expect(judge({ label: 'constructor', scores })?.evidence.defects).toContain('label-without-score');
  });

  it('keeps its figures within the numbers of JSON', () => {
    const signal = judge({ scores: { fine: 1e308, toxic: 1e308 }, confidence: 1e308 });
    expect(JSON.stringify(signal)).not.toContain('null');
    const interval = judge({ label: undefined, value: 0, interval: [1e308, -1e308] });
    expect(interval?.score).toBe(Number.MAX_VALUE);
  });
});
