import { describe, expect, it } from '@jest/globals';
import { only } from '../../../test/builders/a-stream.ts';
import { auditChance } from './audit-plan.ts';

const settings = only('audit-sample', { probability: 0.01 });

describe('the chance of an audit', () => {
  it.each([
    ['the policy says it where nothing else is planned', null, 0.2, 0.01],
    ['one for all while nothing is certified', { certified: null, above: 0.3, below: 0.9 }, 0.1, 0.3],
    ['the plan above the certified confidence', { certified: 0.8, above: 0.05, below: 1 }, 0.8, 0.05],
    ['the plan below it', { certified: 0.8, above: 0.05, below: 1 }, 0.79, 1],
    ['the plan below it for no confidence at all', { certified: 0.8, above: 0.05, below: 1 }, NaN, 1],
  ])('is %s', (_what, auditPlan, confidence, chance) => {
    expect(auditChance({ ...settings, auditPlan }, confidence)).toBe(chance);
  });

  it('is none where the stream has no audit sample', () => {
    expect(auditChance(only('malformed'), 0.5)).toBeNull();
  });
});
