import { describe, expect, it } from '@jest/globals';
import { freeze, thaw } from './saved-state.ts';

function aState() {
  return {
    count: 0,
    isOn: false,
    ring: new Float32Array(4),
    labels: [] as string[],
    parts: [{ total: 0 }, { total: 0 }],
    derived: { sorted: new Float32Array(4) },
  };
}

describe('a saved state', () => {
  it('comes back through JSON, without what is derived', () => {
    const state = aState();
    Object.assign(state, { count: 1 / 3, isOn: true, labels: ['a', '“b”'] });
    state.ring.set([1, Infinity, 0.1]);
    state.parts[1]!.total = 5e-324;
    const text = JSON.stringify(freeze(state));
    expect(text).not.toContain('sorted');

    const back = aState();
    thaw(back, JSON.parse(text), 'test');
    expect(back).toEqual(state);
  });

  it.each([
    [null, 'test is missing'],
    [{}, 'test.count is missing'],
    [{ count: 'x' }, 'test.count'],
    [{ count: 1, isOn: true, ring: '?' }, 'test.ring'],
    [{ count: 1, isOn: true, ring: '', labels: [1] }, 'test.labels'],
    [{ count: 1, isOn: true, ring: '', labels: [], parts: [{ total: 1 }] }, 'test.parts'],
    [{ count: 1, isOn: true, ring: '', labels: [], parts: [{ total: 1 }, {}] }, 'test.parts[1].total'],
  ])('that does not fit is refused by name: %j', (saved, name) => {
    expect(() => thaw(aState(), saved, 'test')).toThrow(name);
  });

  it('refuses to save what JSON would lose', () => {
    expect(() => freeze({ count: Infinity })).toThrow(TypeError);
    expect(() => freeze({ count: undefined })).toThrow(TypeError);
  });
});
