/** The arrays of numbers that a detector may keep. */
export type NumberArray = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * An array of numbers as base64 text (RFC 4648, without padding) of its little-endian bytes; zeros at the end are left
 * out, so that a young array is short.
 *
 * @returns text that {@link unpackInto} turns back into exactly the same numbers
 */
export function pack(numbers: NumberArray): string {
  let length = numbers.length;
  while (length > 0 && numbers[length - 1] === 0) {
    length--;
  }
  const bytes = new Uint8Array(length * numbers.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < length; index++) {
    write(view, numbers, index);
  }
  return base64(bytes);
}

/**
 * Fills an array from packed text; what the text leaves out becomes 0.
 *
 * @returns whether the text was base64 and fits the array
 */
export function unpackInto(numbers: NumberArray, text: string): boolean {
  const bytes = bytesOf(text);
  if (bytes === undefined || bytes.length % numbers.BYTES_PER_ELEMENT !== 0) {
    return false;
  }
  const length = bytes.length / numbers.BYTES_PER_ELEMENT;
  if (length > numbers.length) {
    return false;
  }
  numbers.fill(0);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < length; index++) {
    numbers[index] = read(view, numbers, index);
  }
  return true;
}

// The byte order is named in each line: what a little-endian machine saved, a big-endian one can load.

function write(view: DataView, numbers: NumberArray, index: number): void {
  const value = numbers[index] ?? 0;
  const at = index * numbers.BYTES_PER_ELEMENT;
  if (numbers instanceof Float64Array) {
    view.setFloat64(at, value, true);
  } else if (numbers instanceof Float32Array) {
    view.setFloat32(at, value, true);
  } else if (numbers instanceof Uint32Array) {
    view.setUint32(at, value, true);
  } else if (numbers instanceof Uint16Array) {
    view.setUint16(at, value, true);
  } else {
    view.setUint8(at, value);
  }
}

function read(view: DataView, numbers: NumberArray, index: number): number {
  const at = index * numbers.BYTES_PER_ELEMENT;
  if (numbers instanceof Float64Array) {
    return view.getFloat64(at, true);
  }
  if (numbers instanceof Float32Array) {
    return view.getFloat32(at, true);
  }
  if (numbers instanceof Uint32Array) {
    return view.getUint32(at, true);
  }
  return numbers instanceof Uint16Array ? view.getUint16(at, true) : view.getUint8(at);
}

function base64(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 6) {
      held -= 6;
      text += alphabet.charAt((bits >> held) & 63);
    }
    bits &= (1 << held) - 1;
  }
  return held > 0 ? text + alphabet.charAt((bits << (6 - held)) & 63) : text;
}

const sixBits: ReadonlyMap<string, number> = new Map(Array.from(alphabet, (letter, index) => [letter, index]));

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    const six = sixBits.get(letter);
    if (six === undefined) {
      return undefined;
    }
    bits = (bits << 6) | six;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = bits >> held;
      bits &= (1 << held) - 1;
    }
  }
  return bytes;
}
