import { byteCount, byteOf } from './utf8.ts';

/** The secret of a keyed hash: 128 bits, as four 32-bit words. */
export type SipKey = readonly [number, number, number, number];

/** @throws RangeError unless there are exactly 16 bytes (a caller's mistake) */
export function sipKey(bytes: Uint8Array): SipKey {
  if (bytes.length !== 16) {
    throw new RangeError(`a key has 16 bytes, not ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return [view.getInt32(0, true), view.getInt32(4, true), view.getInt32(8, true), view.getInt32(12, true)];
}

/**
 * SipHash-2-4 of the text's UTF-8 bytes: a keyed pseudorandom function. Without the key its values cannot be told from
 * chance, whoever chooses the text; with it anybody can repeat them
 * (`openssl mac -macopt hexkey:KEY -macopt size:8 SIPHASH`, which prints the bytes in the order given here).
 *
 * @param text any text; a lone surrogate counts as the three bytes of its code point
 * @returns the 64 bits as two unsigned halves: the value is `high * 2^32 + low`, and its bytes go out lowest first
 * @see Aumasson and Bernstein, SipHash: a fast short-input PRF (2012)
 */
export function sipHash(key: SipKey, text: string): { readonly high: number; readonly low: number } {
  const state = startState(key);
  let low = 0;
  let high = 0;
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index);
    if (code >= 0x80) {
      code = text.codePointAt(index) ?? code;
      index += code > 0xffff ? 1 : 0;
    }
    for (let rest = byteCount(code); rest > 0; rest--) {
      const byte = byteOf(code, rest) << ((length & 3) * 8);
      if ((length & 4) === 0) {
        low |= byte;
      } else {
        high |= byte;
      }
      if ((++length & 7) === 0) {
        absorb(state, low, high);
        low = 0;
        high = 0;
      }
    }
  }
  absorb(state, low, high | (length << 24));
  state[4] = (state[4] ?? 0) ^ 0xff;
  rounds(state, 4);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  return { high: (b ^ d ^ f ^ h) >>> 0, low: (a ^ c ^ e ^ g) >>> 0 };
}

/** The four 64-bit words of the state, each as its lower and its upper half. */
type State = Int32Array;

function startState([low0, high0, low1, high1]: SipKey): State {
  const state = new Int32Array(8);
  state[0] = low0 ^ 0x70736575;
  state[1] = high0 ^ 0x736f6d65;
  state[2] = low1 ^ 0x6e646f6d;
  state[3] = high1 ^ 0x646f7261;
  state[4] = low0 ^ 0x6e657261;
  state[5] = high0 ^ 0x6c796765;
  state[6] = low1 ^ 0x79746573;
  state[7] = high1 ^ 0x74656462;
  return state;
}

function absorb(state: State, low: number, high: number): void {
  state[6] = (state[6] ?? 0) ^ low;
  state[7] = (state[7] ?? 0) ^ high;
  rounds(state, 2);
  state[0] = (state[0] ?? 0) ^ low;
  state[1] = (state[1] ?? 0) ^ high;
}

function rounds(state: State, count: number): void {
  let [a = 0, A = 0, b = 0, B = 0, c = 0, C = 0, d = 0, D = 0] = state;
  for (let round = 0; round < count; round++) {
    const ab = (a >>> 0) + (b >>> 0);
    A = (A + B + (ab > 0xffffffff ? 1 : 0)) | 0;
    a = ab | 0;
    const b0 = b;
    b = ((b << 13) | (B >>> 19)) ^ a;
    B = ((B << 13) | (b0 >>> 19)) ^ A;
    [a, A] = [A, a];

    const cd = (c >>> 0) + (d >>> 0);
    C = (C + D + (cd > 0xffffffff ? 1 : 0)) | 0;
    c = cd | 0;
    const d0 = d;
    d = ((d << 16) | (D >>> 16)) ^ c;
    D = ((D << 16) | (d0 >>> 16)) ^ C;

    const ad = (a >>> 0) + (d >>> 0);
    A = (A + D + (ad > 0xffffffff ? 1 : 0)) | 0;
    a = ad | 0;
    const d1 = d;
    d = ((d << 21) | (D >>> 11)) ^ a;
    D = ((D << 21) | (d1 >>> 11)) ^ A;

    const cb = (c >>> 0) + (b >>> 0);
    C = (C + B + (cb > 0xffffffff ? 1 : 0)) | 0;
    c = cb | 0;
    const b1 = b;
    b = ((b << 17) | (B >>> 15)) ^ c;
    B = ((B << 17) | (b1 >>> 15)) ^ C;
    [c, C] = [C, c];
  }
  state[0] = a;
  state[1] = A;
  state[2] = b;
  state[3] = B;
  state[4] = c;
  state[5] = C;
  state[6] = d;
  state[7] = D;
}
