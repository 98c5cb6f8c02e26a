import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sipHash, sipKey } from './sip-hash.ts';

const published = sipKey(Uint8Array.from({ length: 16 }, (_, index) => index));
const hex = (text: string, key = published) => {
  const { high, low } = sipHash(key, text);
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setUint32(0, low, true);
  bytes.setUint32(4, high, true);
  return Array.from(new Uint8Array(bytes.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
};
const counting = (length: number) => String.fromCharCode(...Array.from({ length }, (_, index) => index));

describe('sipHash', () => {
  it.each([
    [0, '310e0edd47db6f72'],
    [1, 'fd67dc93c539f874'],
    [2, '5a4fa9d909806c0d'],
    [7, '37d1018bf50002ab'],
    [8, '6224939a79f5f593'],
    [15, 'e545be4961ca29a1'],
    [16, 'db9bc2577fcc2a3f'],
    [63, '724506eb4c328a95'],
  ])('gives the published value for the bytes 0 to %i, exclusive', (length, value) => {
    expect(hex(counting(length))).toBe(value);
  });

  it.each([
    ['toxicity\norder-1', '2d0ffe397a422a11'],
    ['ström-ß-🜁-€', 'c4e54fec7606ff4c'],
    ['x'.repeat(300), '54c24bcf1b09a811'],
  ])('gives what OpenSSL gives for %j', (text, value) => {
    expect(hex(text)).toBe(value);
  });

  it('depends on the key', () => {
    const other = sipKey(Uint8Array.from({ length: 16 }, (_, index) => 255 - index * 17));
    expect(hex('toxicity\norder-1', other)).toBe('2c83dcb32026a2ed');
  });

  it('takes any text, lone surrogates too', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) }),
        (text) => {
          const { high, low } = sipHash(published, text);
          expect([high, low].every((half) => Number.isInteger(half) && half >= 0 && half <= 0xffffffff)).toBe(true);
        },
      ),
    );
  });

  it('takes keys of 16 bytes only', () => {
    expect(() => sipKey(new Uint8Array(15))).toThrow('a key has 16 bytes, not 15');
  });
});
