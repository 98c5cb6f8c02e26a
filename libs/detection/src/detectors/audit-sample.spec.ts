import { describe, expect, it } from '@jest/globals';
import { only, signalsOf, specKey, watchAll } from '../../../../test/builders/a-stream.ts';
import { auditDraw, auditKey } from '../statistics/audit-draw.ts';

const rows = Array.from({ length: 20_000 }, (_, index) => ({ id: `order-${index}` }));

describe('the audit sample', () => {
  it.each([0, 0.01, 0.2, 1])('draws with probability %d', (probability) => {
    const found = signalsOf(watchAll(rows, only('audit-sample', { probability })), 'audit-sample');
    expect(Math.abs(found.length / rows.length - probability)).toBeLessThanOrEqual(
      4 * Math.sqrt(0.25 * probability) * 0.01,
    );
  });

  it('carries the probability and the draw, which anybody who has the key can repeat', () => {
    const [found] = signalsOf(watchAll(rows, only('audit-sample', { probability: 0.01 })), 'audit-sample');
    const draw = auditDraw(specKey, 'toxicity', `order-${found!.index}`);
    expect(found?.signal).toMatchObject({
      score: draw,
      threshold: 0.01,
      evidence: { probability: 0.01, draw, hash: 'siphash-2-4' },
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

  it('draws others by another key: who does not have it cannot foretell', () => {
    const settings = only('audit-sample', { probability: 0.05 });
    const drawn = (key: number) =>
      new Set(
        signalsOf(
          watchAll(rows, { ...settings, auditKey: auditKey(new Uint8Array(16).fill(key)) }),
          'audit-sample',
        ).map(({ index }) => index),
      );
    const [one, other] = [drawn(1), drawn(2)];
    const both = [...one].filter((index) => other.has(index)).length;
    // Independent draws meet in .05 x .05 of 20,000: 50, give or take 7.
    expect(Math.abs(both - 50)).toBeLessThan(29);
  });

  it('follows the plan: less often above the certified confidence, always below it', () => {
    const mixed = rows.map((row, index) => ({ ...row, confidence: index % 2 === 0 ? 0.9 : 0.4 }));
    const settings = { ...only('audit-sample'), auditPlan: { certified: 0.8, above: 0.02, below: 1 } };
    const found = signalsOf(watchAll(mixed, settings), 'audit-sample');
    const below = found.filter(({ index }) => index % 2 === 1);
    const above = found.filter(({ index }) => index % 2 === 0);
    expect(below).toHaveLength(10_000);
    expect(above.every(({ signal }) => signal.evidence.probability === 0.02)).toBe(true);
    expect(Math.abs(above.length - 200)).toBeLessThan(57);
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
