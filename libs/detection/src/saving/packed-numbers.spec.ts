import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pack, unpackInto, type NumberArray } from './packed-numbers.ts';

const arrays: fc.Arbitrary<NumberArray> = fc.oneof(
  fc.float64Array(),
  fc.float32Array(),
  fc.uint32Array(),
  fc.uint16Array(),
  fc.uint8Array(),
);

describe('packed numbers', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(arrays, (numbers) => {
        const back = numbers.slice().fill(7);
        expect(unpackInto(back, pack(numbers))).toBe(true);
        // `toEqual` would tell -0 from 0, which a count or a quantile cannot mean.
        expect([...back].every((value, index) => value === numbers[index] || Object.is(value, numbers[index]))).toBe(
          true,
        );
      }),
    );
  });

  it('are the base64 that everybody writes', () => {
    expect(pack(Uint8Array.from([104, 101, 108, 108, 111]))).toBe('aGVsbG8');
    expect(pack(Float64Array.from([1, 0, 0]))).toBe('AAAAAAAA8D8');
  });

  it('leave out the zeros at the end', () => {
    expect(pack(new Float64Array(1_000))).toBe('');
  });

  it.each(['!', 'AAAA====', 'AAAAAAAA8D8AAAAAAADwPwAAAAAAAPA/AAAAAAAA8D8', 'AAAA'])('refuse %j', (text) => {
    expect(unpackInto(new Float64Array(2), text)).toBe(false);
  });
});
