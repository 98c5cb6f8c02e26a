import { describe, expect, it } from '@jest/globals';
import { aSignal } from '../../../test/builders/a-flag.ts';
import { grownPriority, mostUrgent, priorityOf, stepUp } from './priority.ts';

describe('the priority of a flag', () => {
  it.each([
    ['audit-sample', 'P4'],
    ['low-confidence', 'P3'],
    ['malformed', 'P2'],
    ['silence', 'P2'],
    ['confidence-shift', 'P2'],
  ] as const)('of %s is %s', (kind, priority) => {
    expect(priorityOf(aSignal(kind))).toBe(priority);
  });

  it('is what the rule names', () => {
    expect(priorityOf(aSignal('rule', { evidence: { priority: 'P1' } }))).toBe('P1');
    expect(priorityOf(aSignal('rule', { evidence: { priority: 'urgent!' } }))).toBe('P3');
  });

  it('of anything but a rule is not for its evidence to say: a prediction cannot make itself urgent', () => {
    expect(priorityOf(aSignal('low-confidence', { evidence: { priority: 'P1' } }))).toBe('P3');
  });

  it('is that of the most urgent', () => {
    expect(mostUrgent(['P4', 'P2', 'P3'])).toBe('P2');
    expect(() => mostUrgent([])).toThrow(RangeError);
  });

  it('rises with the number of items, up to P1', () => {
    expect([0, 999, 1_000, 9_999, 10_000, 1e9].map((count) => grownPriority('P3', count))).toEqual([
      ...['P3', 'P3', 'P2', 'P2', 'P1', 'P1'],
    ]);
    expect(grownPriority('P1', 50_000)).toBe('P1');
    expect(stepUp('P4')).toBe('P3');
  });
});
