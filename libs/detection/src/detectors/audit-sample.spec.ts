import { describe, expect, it } from '@jest/globals';
import { only, signalsOf, watchAll } from '../../../../test/builders/a-stream.ts';
import { murmurHash3 } from '../statistics/murmur-hash.ts';

const rows = Array.from({ length: 20_000 }, (_, index) => ({ id: `order-${index}` }));

describe('the audit sample', () => {
  it.each([0, 0.01, 0.2, 1])('draws with probability %d', (probability) => {
    const found = signalsOf(watchAll(rows, only('audit-sample', { probability })), 'audit-sample');
    expect(Math.abs(found.length / rows.length - probability)).toBeLessThanOrEqual(
      4 * Math.sqrt(0.25 * probability) * 0.01,
    );
  });

  it('carries the probability and the draw, which anybody can repeat', () => {
    const [found] = signalsOf(watchAll(rows, only('audit-sample', { probability: 0.01 })), 'audit-sample');
    const draw = murmurHash3(`toxicity\norder-${found!.index}`) / 2 ** 32;
    expect(found?.signal).toMatchObject({
      score: draw,
      threshold: 0.01,
      evidence: { probability: 0.01, draw, hash: 'murmur3-32' },
    });
    expect(draw).toBeLessThan(0.01);
  });

  it('draws the same again, and others in another stream', () => {
    const settings = only('audit-sample', { probability: 0.05 });
    const drawn = (streamName: string) =>
      signalsOf(watchAll(rows, { ...settings, streamName }), 'audit-sample').map(({ index }) => index);
    expect(drawn('a')).toEqual(drawn('a'));
    expect(drawn('a')).not.toEqual(drawn('b'));
  });

  it('gives an estimate of the whole: answers weighed with one over the probability', () => {
    const found = signalsOf(watchAll(rows, only('audit-sample', { probability: 0.1 })), 'audit-sample');
    const isWrong = (index: number) => index % 7 === 0;
    const estimate = found.reduce(
      (sum, { index, signal }) => sum + (isWrong(index) ? 1 / Number(signal.evidence.probability) : 0),
      0,
    );
    expect(Math.abs(estimate / rows.length - 1 / 7)).toBeLessThan(0.025);
  });
});
