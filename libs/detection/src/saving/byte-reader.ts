import { readNumber, type NumberArray } from './packed-numbers.ts';

/** Reads what a {@link byteWriter} wrote, in the same order. Every reading throws RangeError where the bytes end too early. */
export interface ByteReader {
  readonly count: () => number;
  readonly number: () => number;
  readonly text: () => string;
  /** Fills an array; what was left out becomes 0. @throws RangeError when there is more than it holds */
  readonly numbersInto: (numbers: NumberArray) => void;
  /** An array of the kind of another, as long as was written. */
  readonly numbersLike: (kind: NumberArray) => NumberArray;
  readonly isAtEnd: () => boolean;
}

export function byteReader(bytes: Uint8Array): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const count = () => {
    let value = 0;
    for (let weight = 1; weight <= 0x1000_0000; weight *= 0x80) {
      const byte = view.getUint8(at++);
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) {
        return value;
      }
    }
    throw new RangeError('a count is too long');
  };
  /** Nothing is made before it is known that its bytes are there. */
  const expect = (more: number) => {
    if (more > bytes.length - at) {
      throw new RangeError('the bytes end too early');
    }
  };
  const fill = (numbers: NumberArray, length: number) => {
    expect(length * numbers.BYTES_PER_ELEMENT);
    for (let index = 0; index < length; index++) {
      numbers[index] = readNumber(view, at, numbers);
      at += numbers.BYTES_PER_ELEMENT;
    }
  };
  return {
    count,
    number: () => {
      at += 8;
      return view.getFloat64(at - 8, true);
    },
    text: () => {
      const length = count();
      expect(length);
      let text = '';
      for (let index = 0; index < length; index++) {
        text += String.fromCharCode(count());
      }
      return text;
    },
    numbersInto: (numbers) => {
      const length = count();
      if (length > numbers.length) {
        throw new RangeError('there are more numbers than the array holds');
      }
      numbers.fill(0);
      fill(numbers, length);
    },
    numbersLike: (kind) => {
      const length = count();
      expect(length * kind.BYTES_PER_ELEMENT);
      const View = kind.constructor as new (length: number) => NumberArray;
      const numbers = new View(length);
      fill(numbers, length);
      return numbers;
    },
    isAtEnd: () => at === bytes.length,
  };
}
