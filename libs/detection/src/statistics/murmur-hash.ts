import { byteCount, byteOf } from './utf8.ts';

/**
 * MurmurHash3, the 32-bit x86 variant, of the text's UTF-8 bytes: a stable draw that anybody can repeat.
 *
 * Not a secret: whoever chooses the text can know its hash.
 *
 * @param text any text; a lone surrogate counts as the three bytes of its code point
 * @param seed a 32-bit unsigned integer, 0 by default
 * @returns a 32-bit unsigned integer
 * @see Austin Appleby, MurmurHash3 (2011), public domain, `MurmurHash3_x86_32`
 */
export function murmurHash3(text: string, seed = 0): number {
  let hash = seed | 0;
  let block = 0;
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index);
    if (code >= 0x80) {
      code = text.codePointAt(index) ?? code;
      index += code > 0xffff ? 1 : 0;
    }
    for (let rest = byteCount(code); rest > 0; rest--) {
      block |= byteOf(code, rest) << ((length & 3) * 8);
      if ((++length & 3) === 0) {
        hash = withBlock(hash, block);
        block = 0;
      }
    }
  }
  return avalanche(((length & 3) === 0 ? hash : hash ^ scrambled(block)) ^ length);
}

/**
 * Another draw from the same hash, independent of it for all practical purposes.
 *
 * @param hash a 32-bit hash, as {@link murmurHash3} gives it
 * @param salt one number per use
 * @returns uniform in [0, 1)
 */
export function drawFrom(hash: number, salt: number): number {
  return avalanche(hash ^ Math.imul(salt, 0x9e3779b1)) / 0x1_0000_0000;
}

function scrambled(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

function withBlock(hash: number, block: number): number {
  const mixed = hash ^ scrambled(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

export function avalanche(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
