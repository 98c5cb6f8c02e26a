import { writeNumber, type NumberArray } from './packed-numbers.ts';

/** Bytes that grow while a state is written. */
export interface ByteWriter {
  readonly count: (value: number) => void;
  readonly number: (value: number) => void;
  readonly text: (text: string) => void;
  /** Zeros at the end are left out, so that a young array is short. */
  readonly numbers: (numbers: NumberArray) => void;
  readonly written: () => Uint8Array;
}

export function byteWriter(): ByteWriter {
  let bytes = new Uint8Array(4_096);
  let view = new DataView(bytes.buffer);
  let length = 0;

  const room = (more: number) => {
    if (length + more > bytes.length) {
      const larger = new Uint8Array(Math.max(2 * bytes.length, length + more));
      larger.set(bytes);
      bytes = larger;
      view = new DataView(bytes.buffer);
    }
  };
  /** A whole number below 2^32, seven bits a byte, the lowest first. */
  const count = (value: number) => {
    room(5);
    let rest = value;
    while (rest >= 0x80) {
      bytes[length++] = (rest & 0x7f) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    bytes[length++] = rest;
  };
  return {
    count,
    number: (value) => {
      room(8);
      view.setFloat64(length, value, true);
      length += 8;
    },
    // By code units, so that half a surrogate pair comes back as it was.
    text: (text) => {
      count(text.length);
      for (let index = 0; index < text.length; index++) {
        count(text.charCodeAt(index));
      }
    },
    numbers: (numbers) => {
      let last = numbers.length;
      while (last > 0 && Object.is(numbers[last - 1], 0)) {
        last--;
      }
      count(last);
      room(last * numbers.BYTES_PER_ELEMENT);
      for (let index = 0; index < last; index++) {
        writeNumber(view, length, numbers, index);
        length += numbers.BYTES_PER_ELEMENT;
      }
    },
    written: () => bytes.slice(0, length),
  };
}
