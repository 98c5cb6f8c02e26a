import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changedPaths, rebased, valueAt, withAt } from './policy-draft.ts';

const policy = { version: 3, owner: 'Ito', labels: ['a', 'b'], risk: { target: 0.02, reviewBudget: 0.1 } };

describe('a draft of a policy', () => {
  it('names the settings that differ, lists as one, the version never', () => {
    const draft = { ...policy, version: 4, labels: ['a'], risk: { ...policy.risk, target: 0.05 } };
    expect(changedPaths(policy, draft)).toEqual(['/labels', '/risk/target']);
  });

  it('changes one setting and leaves the object it came from alone', () => {
    expect(withAt(policy, '/risk/target', 0.5)).toEqual({ ...policy, risk: { target: 0.5, reviewBudget: 0.1 } });
    expect(policy.risk.target).toBe(0.02);
  });

  it('puts my changes on top of theirs', () => {
    const mine = withAt(policy, '/risk/target', 0.5);
    const theirs = { ...policy, version: 4, owner: 'Roy', risk: { ...policy.risk, target: 0.3 } };
    expect(rebased(policy, mine, theirs)).toEqual({
      version: 4,
      owner: 'Roy',
      labels: ['a', 'b'],
      risk: { target: 0.5, reviewBudget: 0.1 },
    });
  });

  const settings = fc.record({
    owner: fc.string(),
    risk: fc.record({ target: fc.nat(), budget: fc.nat() }),
    labels: fc.array(fc.string()),
  });

  it('is mine where I changed something and theirs everywhere else, whatever the policies', () => {
    fc.assert(
      fc.property(settings, settings, settings, (base, mine, theirs) => {
        const result = rebased(base, mine, theirs);
        const my = changedPaths(base, mine);
        for (const path of ['/owner', '/risk/target', '/risk/budget', '/labels']) {
          expect(valueAt(result, path)).toEqual(valueAt(my.includes(path) ? mine : theirs, path));
        }
      }),
    );
  });
});
