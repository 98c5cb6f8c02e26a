import { describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '@watchfloor/contracts';
import { comparedSettings } from './compared-settings.ts';

describe('two policies side by side', () => {
  it('differ in values, each with its path', () => {
    const changed = structuredClone(defaultPolicy);
    changed.detectors['low-confidence'].threshold = 0.7;
    changed.labels = ['a'];
    expect(comparedSettings(defaultPolicy, changed)).toEqual([
      { path: '/labels', from: [], to: ['a'] },
      { path: '/detectors/low-confidence/threshold', from: null, to: 0.7 },
    ]);
  });

  it('say what only one of them has, whatever its name looks like', () => {
    expect(comparedSettings({ 'a/b~': 1 }, { c: 2 })).toEqual([
      { path: '/a~1b~0', from: 1 },
      { path: '/c', to: 2 },
    ]);
    expect(comparedSettings({}, { constructor: 3 })).toEqual([{ path: '/constructor', to: 3 }]);
  });
});
