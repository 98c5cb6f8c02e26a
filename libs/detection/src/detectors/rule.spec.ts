import { describe, expect, it } from '@jest/globals';
import type { Prediction, Priority, Rule } from '@watchfloor/contracts';
import { only, signalsOf, watchAll } from '../../../../test/builders/a-stream.ts';

type Condition = Rule['when'][number];

function aRule(when: readonly Condition[], changes: Partial<Rule> = {}): Rule {
  return { name: 'large and foreign', when: [...when], priority: 'P3', ...changes };
}

function judge(rules: Rule[], prediction: Partial<Prediction>) {
  const [found] = signalsOf(watchAll([prediction], only('rule', { rules })), 'rule');
  return found?.signal;
}

const prediction: Partial<Prediction> = {
  label: 'fraud',
  confidence: 0.8,
  features: { amount: 900, currency: 'SEK', isNew: true, note: null },
  segments: { country: 'SE' },
};

describe('a rule', () => {
  it.each<[Condition, boolean]>([
    [{ field: 'label', is: 'equals', than: 'fraud' }, true],
    [{ field: 'label', is: 'equals', than: 'fine' }, false],
    [{ field: 'label', is: 'differs', than: 'fine' }, true],
    [{ field: 'label', is: 'one-of', than: ['fraud', 'theft'] }, true],
    [{ field: 'label', is: 'one-of', than: ['theft'] }, false],
    [{ field: 'confidence', is: 'below', than: 0.9 }, true],
    [{ field: 'confidence', is: 'below', than: 0.8 }, false],
    [{ field: 'feature:amount', is: 'above', than: 500 }, true],
    [{ field: 'feature:amount', is: 'above', than: '500' }, false],
    [{ field: 'feature:isNew', is: 'equals', than: true }, true],
    [{ field: 'segment:country', is: 'equals', than: 'SE' }, true],
    [{ field: 'segment:city', is: 'equals', than: 'Lund' }, false],
    [{ field: 'segment:city', is: 'differs', than: 'Lund' }, false],
    [{ field: 'segment:city', is: 'missing' }, true],
    [{ field: 'feature:note', is: 'missing' }, true],
    [{ field: 'feature:amount', is: 'missing' }, false],
    [{ field: 'value', is: 'above', than: 1 }, false],
    [{ field: 'feature:constructor', is: 'missing' }, true],
    [{ field: 'nonsense', is: 'missing' }, true],
    [{ field: 'nonsense', is: 'equals', than: 'x' }, false],
  ])('with %j holds: %s', (condition, isMatch) => {
    expect(judge([aRule([condition])], prediction) !== undefined).toBe(isMatch);
  });

  it('asks for all of its conditions', () => {
    const large: Condition = { field: 'feature:amount', is: 'above', than: 500 };
    const abroad: Condition = { field: 'segment:country', is: 'differs', than: 'SE' };
    expect(judge([aRule([large, abroad])], prediction)).toBeUndefined();
    expect(judge([aRule([large, abroad])], { ...prediction, segments: { country: 'NO' } })).toBeDefined();
  });

  it('says what it found, with the numbers that it compared', () => {
    const signal = judge([aRule([{ field: 'feature:amount', is: 'above', than: 500 }])], prediction);
    expect(signal).toMatchObject({
      score: 900,
      threshold: 500,
      reason: 'The policy wants a person to see this: rule “large and foreign”.',
      evidence: { rule: 'large and foreign', priority: 'P3', fields: [{ field: 'feature:amount', found: 900 }] },
    });
  });

  it('carries the most urgent priority of all that match, each by name', () => {
    const any: Condition = { field: 'label', is: 'equals', than: 'fraud' };
    const named = (name: string, priority: Priority) => aRule([any], { name, priority });
    const signal = judge([named('a', 'P4'), named('b', 'P1'), named('c', 'P2')], prediction);
    expect(signal?.evidence).toMatchObject({
      rule: 'b',
      priority: 'P1',
      rules: [
        { name: 'a', priority: 'P4' },
        { name: 'b', priority: 'P1' },
        { name: 'c', priority: 'P2' },
      ],
    });
    expect(signal?.reason).toContain('and 2 more');
  });

  it('takes the score of the answer where no confidence is given', () => {
    const unsure = aRule([{ field: 'confidence', is: 'below', than: 0.9 }]);
    expect(judge([unsure], { label: 'fraud', scores: { fraud: 0.6, fine: 0.4 } })?.score).toBe(0.6);
  });
});
