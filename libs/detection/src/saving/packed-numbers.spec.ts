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

  it('are Z85, as its reference has it', () => {
    expect(pack(Uint8Array.from([0x86, 0x4f, 0xd2, 0x6f, 0xb5, 0x59, 0xf7, 0x5b]))).toBe('HelloWorld');
  });

  it('leave out the zeros at the end', () => {
    expect(pack(new Float64Array(1_000))).toBe('');
  });

  it.each(['!', 'é0000', '0'.repeat(30), '00000', '#####00000', '"000000000'])('refuse %j', (text) => {
    expect(unpackInto(new Float64Array(2), text)).toBe(false);
  });
});
