import { describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '@watchfloor/contracts';
import fc from 'fast-check';
import { changedPaths } from './changed-paths.ts';

describe('what a change of settings changed', () => {
  it('is told by the smallest parts', () => {
    const changed = structuredClone(defaultPolicy);
    changed.owner = 'team-a';
    changed.detectors.burst.factor = 7;
    changed.labels = ['fine', 'toxic'];
    expect(changedPaths(defaultPolicy, changed)).toEqual(['/owner', '/labels', '/detectors/burst/factor']);
  });

  it('escapes what would look like a path', () => {
    expect(changedPaths({ 'a/b': { 'c~d': 1 } }, { 'a/b': {}, e: null })).toEqual(['/a~1b/c~0d', '/e']);
  });

  it('is nothing between equal values, and something between different ones', () => {
    const settings = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
    fc.assert(
      fc.property(settings, settings, (one, other) => {
        expect(changedPaths(one, structuredClone(one))).toEqual([]);
        expect(changedPaths(one, other).length === 0).toBe(isSame(one, other));
      }),
    );
  });
});

function isSame(one: unknown, other: unknown): boolean {
  try {
    expect(JSON.parse(JSON.stringify(one))).toEqual(JSON.parse(JSON.stringify(other)));
    return true;
  } catch {
    return false;
  }
}
