import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { freeze, thaw } from './saved-state.ts';

function aState() {
  return {
    count: 0,
    isOn: false,
    name: '',
    ring: new Float32Array(4),
    later: new Uint16Array(0),
    labels: [] as string[],
    parts: [{ total: 0 }, { total: 0 }],
    derived: { sorted: new Float32Array(4) },
  };
}

describe('a saved state', () => {
  it('comes back as it was, without what is derived', () => {
    const state = aState();
    Object.assign(state, {
      count: 1 / 3,
      isOn: true,
      name: 'a\ud800',
      labels: ['', '“b”'],
      later: Uint16Array.of(1, 2),
    });
    state.ring.set([1, Infinity, NaN, 0.1]);
    state.parts[1]!.total = 5e-324;
    state.derived.sorted.fill(1);

    const back = aState();
    thaw(back, freeze(state), 'test');
    expect(back).toEqual({ ...state, derived: { sorted: new Float32Array(4) } });
  });

  it('comes back with any numbers and texts', () => {
    const numbers = fc.array(fc.double(), { maxLength: 9 });
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 50 }), { maxLength: 9 });
    fc.assert(
      fc.property(numbers, fc.array(fc.nat(2 ** 32 - 1), { maxLength: 9 }), texts, (doubles, counts, labels) => {
        const blank = () => ({ doubles: new Float64Array(9), counts: new Uint32Array(9), labels: [] as string[] });
        const state = blank();
        state.doubles.set(doubles);
        state.counts.set(counts);
        state.labels.push(...labels);
        const back = blank();
        thaw(back, freeze(state), 'test');
        expect(back).toEqual(state);
      }),
    );
  });

  it('takes one byte for an array of zeros', () => {
    expect(freeze({ ring: new Float64Array(1_000) })).toHaveLength(1);
  });

  it('that is cut off anywhere, or goes on, is refused', () => {
    const state = aState();
    Object.assign(state, { labels: ['a'] });
    state.ring.fill(1);
    const bytes = freeze(state);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => thaw(aState(), bytes.slice(0, length), 'test')).toThrow('the saved watch does not fit');
    }
    expect(() => thaw(aState(), Uint8Array.of(...bytes, 0), 'test')).toThrow('test is missing');
  });

  it('of another shape is refused by name, and nothing large is made for it', () => {
    expect(() => thaw({ ring: new Float32Array(2) }, freeze({ ring: new Float32Array(3).fill(1) }), 'test')).toThrow(
      'test.ring is missing',
    );
    expect(() => thaw({ parts: [{ a: 0 }] }, freeze({ parts: [{ a: 0 }, { a: 0 }] }), 'test')).toThrow('test.parts');
    const boasting = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f);
    expect(() => thaw({ later: new Float64Array(0) }, boasting, 'test')).toThrow('test.later');
    expect(() => thaw({ labels: [] }, boasting, 'test')).toThrow('test.labels');
    expect(() => thaw({ name: 'x' }, boasting, 'test')).toThrow('test.name');
  });

  it('refuses to save what would be lost', () => {
    expect(() => freeze({ count: Infinity })).toThrow(TypeError);
    expect(() => freeze({ count: undefined })).toThrow(TypeError);
  });
});
