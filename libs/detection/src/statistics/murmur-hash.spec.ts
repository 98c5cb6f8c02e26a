import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawFrom, murmurHash3 } from './murmur-hash.ts';

describe('murmurHash3', () => {
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['', 0xffffffff, 0x81f16f39],
    ['a', 0x9747b28c, 0x7fa09ea6],
    ['aa', 0x9747b28c, 0x5d211726],
    ['aaa', 0x9747b28c, 0x283e0130],
    ['aaaa', 0x9747b28c, 0x5a97808a],
    ['hello', 0, 0x248bfa47],
    ['Hello, world!', 0x9747b28c, 0x24884cba],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
    ['ππππππππ', 0x9747b28c, 0xd58063c1],
  ])('gives the published value for %j with seed %i', (text, seed, hash) => {
    expect(murmurHash3(text, seed)).toBe(hash);
  });

  it('hashes the UTF-8 bytes of any well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(murmurHash3(text)).toBe(ofBytes(new TextEncoder().encode(text)));
      }),
    );
  });

  it('takes a lone surrogate without a complaint', () => {
    expect(murmurHash3('\ud800')).not.toBe(murmurHash3('\ud801'));
  });
});

describe('drawFrom', () => {
  it('spreads evenly over [0, 1) and differs from salt to salt', () => {
    const tenths = new Array<number>(10).fill(0);
    let equal = 0;
    for (let index = 0; index < 20_000; index++) {
      const hash = murmurHash3(`stream\nid-${index}`);
      const draw = drawFrom(hash, 1);
      equal += draw === drawFrom(hash, 2) ? 1 : 0;
      tenths[Math.floor(draw * 10)]! += 1;
    }
    expect(equal).toBeLessThan(3);
    for (const count of tenths) {
      expect(count).toBeGreaterThan(1_800);
      expect(count).toBeLessThan(2_200);
    }
  });
});

/** The same hash over bytes, written the long way. */
function ofBytes(bytes: Uint8Array): number {
  let hash = 0;
  const scramble = (block: number) => {
    const mixed = Math.imul(block, 0xcc9e2d51);
    return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
  };
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) {
    hash ^= scramble(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at--) {
    tail = (tail << 8) | bytes[at]!;
  }
  hash ^= bytes.length === whole ? 0 : scramble(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
