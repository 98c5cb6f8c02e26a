/** The arrays of numbers that a detector may keep. */
export type NumberArray = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

/** Of Z85, which has no character that JSON escapes. */
const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/**
 * An array of numbers as Z85 text of its little-endian bytes: five characters for four bytes, a rest of one to three bytes
 * in one more character than it has bytes. Zeros at the end are left out, so that a young array is short.
 *
 * @returns text that {@link unpackInto} turns back into exactly the same numbers
 * @see ZeroMQ RFC 32, Z85
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
  return textOf(bytes);
}

/**
 * The numbers of packed text as an array of the same kind as another; zeros at its end are not there.
 *
 * @returns undefined when the text was no Z85, or has bytes left over
 */
export function unpackLike(kind: NumberArray, text: string): NumberArray | undefined {
  const bytes = bytesOf(text);
  if (bytes === undefined || bytes.length % kind.BYTES_PER_ELEMENT !== 0) {
    return undefined;
  }
  const View = kind.constructor as new (length: number) => NumberArray;
  const numbers = new View(bytes.length / kind.BYTES_PER_ELEMENT);
  return unpackInto(numbers, text) ? numbers : undefined;
}

/**
 * Fills an array from packed text; what the text leaves out becomes 0.
 *
 * @returns whether the text was Z85 and fits the array
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

function textOf(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 4);
  let text = '';
  for (let at = 0; at < whole; at += 4) {
    text += digits(bytes, at, 4);
  }
  return whole < bytes.length ? text + digits(bytes, whole, bytes.length - whole) : text;
}

/** A group of bytes, read as one number, in base 85. */
function digits(bytes: Uint8Array, at: number, count: number): string {
  let value = 0;
  for (let byte = at; byte < at + count; byte++) {
    value = value * 256 + (bytes[byte] ?? 0);
  }
  let text = '';
  for (let digit = 0; digit <= count; digit++) {
    text = alphabet.charAt(value % 85) + text;
    value = Math.floor(value / 85);
  }
  return text;
}

const digitOf: ReadonlyMap<string, number> = new Map(Array.from(alphabet, (letter, index) => [letter, index]));

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  const rest = text.length % 5;
  const bytes = new Uint8Array(Math.floor(text.length / 5) * 4 + Math.max(0, rest - 1));
  for (let at = 0, to = 0; at < text.length; at += 5, to += 4) {
    if (!readGroup(text.slice(at, at + 5), bytes, to)) {
      return undefined;
    }
  }
  return bytes;
}

/** @returns false for what no bytes are written as */
function readGroup(group: string, bytes: Uint8Array, to: number): boolean {
  let value = 0;
  for (const letter of group) {
    value = value * 85 + (digitOf.get(letter) ?? NaN);
  }
  const count = group.length - 1;
  if (count === 0 || !(value < 256 ** count)) {
    return false;
  }
  for (let byte = to + count - 1; byte >= to; byte--) {
    bytes[byte] = value % 256;
    value = Math.floor(value / 256);
  }
  return true;
}
