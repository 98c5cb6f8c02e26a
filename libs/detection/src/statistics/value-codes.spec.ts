import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codedShare, codedSize, shareCode, sizeCode } from './value-codes.ts';

const size = fc.oneof(fc.double({ min: 0, noNaN: true }), fc.double({ min: 1e-30, max: 1e30, noNaN: true }));

describe('codes of values', () => {
  it('order as the values do', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        expect(a <= b ? shareCode(a) <= shareCode(b) : shareCode(a) >= shareCode(b)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(size, size, (a, b) => {
        expect(a <= b ? sizeCode(a) <= sizeCode(b) : sizeCode(a) >= sizeCode(b)).toBe(true);
      }),
    );
  });

  it('are whole numbers of two bytes, whatever comes', () => {
    for (const value of [0, 5e-324, 1, 1e308, Infinity]) {
      expect(sizeCode(value)).toBe(new Uint16Array([sizeCode(value)])[0]);
      expect(shareCode(value)).toBe(new Uint16Array([shareCode(value)])[0]);
    }
  });

  it('stand for nearly the same value', () => {
    expect([0, 0.5, 0.508, 0.93, 1].map((share) => codedShare(shareCode(share)))).toEqual([0, 0.5, 0.508, 0.93, 1]);
    for (const value of [0, 1e-9, 0.37, 20, 12_345, 1e30]) {
      expect(Math.abs(codedSize(sizeCode(value)) - value)).toBeLessThanOrEqual(value * 0.0026);
    }
  });
});
