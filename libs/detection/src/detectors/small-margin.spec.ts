import { describe, expect, it } from '@jest/globals';
import { only, signalsOf, watchAll, watchSettings } from '../../../../test/builders/a-stream.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';

function binary(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const fine = 0.5 + 0.5 * drawFrom(index, 41);
    return { confidence: fine, scores: { fine, toxic: 1 - fine } };
  });
}

describe('a small margin', () => {
  it('is held against the threshold of the policy, where there is one', () => {
    const scores = { fine: 0.42, toxic: 0.18, spam: 0.4 };
    const [found] = signalsOf(watchAll([{ scores }], only('small-margin', { threshold: 0.05 })), 'small-margin');
    expect(found?.signal.score).toBeCloseTo(0.02);
    expect(found?.signal.threshold).toBe(0.05);
    expect(found?.signal.reason).toBe(
      'Nearly a coin toss: “fine” has 42 %, “spam” 40 %; the policy asks for a gap of 5 %.',
    );
    expect(found?.signal.evidence).toEqual({
      mode: 'threshold',
      likeliest: [
        { label: 'fine', score: 0.42 },
        { label: 'spam', score: 0.4 },
      ],
    });
  });

  it('is the share of the smallest gaps otherwise', () => {
    const findings = watchAll(binary(5_000), only('small-margin', { share: 0.02 }));
    const share = signalsOf(findings, 'small-margin').length / 5_000;
    expect(share).toBeGreaterThan(0.012);
    expect(share).toBeLessThan(0.025);
  });

  it('adds next to nothing to the flags by low confidence', () => {
    const findings = watchAll(binary(5_000), watchSettings({ 'audit-sample': { enabled: false } }));
    const flagged = findings.filter(({ signals }) => signals.length > 0).length;
    expect(flagged).toBeLessThanOrEqual(signalsOf(findings, 'low-confidence').length + 5);
  });

  it.each([
    ['one score', { fine: 1 }],
    ['no score', {}],
    ['scores that are no probabilities', { fine: 12, toxic: 11.99 }],
    ['scores below zero', { fine: 0.5, toxic: 0.5, spam: -0.1 }],
  ])('is nothing for %s', (_, scores) => {
    expect(signalsOf(watchAll([{ scores }], only('small-margin', { threshold: 1 })), 'small-margin')).toEqual([]);
  });

  it('is the gap of the two highest in any order', () => {
    for (const scores of [
      { a: 0.5, b: 0.3, c: 0.2 },
      { a: 0.2, b: 0.3, c: 0.5 },
      { a: 0.3, b: 0.5, c: 0.2 },
    ]) {
      const [found] = signalsOf(watchAll([{ scores }], only('small-margin', { threshold: 0.9 })), 'small-margin');
      expect(found?.signal.score).toBeCloseTo(0.2);
    }
  });
});
