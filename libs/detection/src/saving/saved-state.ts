import { byteReader, type ByteReader } from './byte-reader.ts';
import { byteWriter, type ByteWriter } from './byte-writer.ts';
import type { NumberArray } from './packed-numbers.ts';

/**
 * A detector's state as bytes. A state is a plain object of finite numbers, booleans, arrays of numbers of fixed length (or
 * empty until they are needed), lists of text, and objects or fixed lists of such objects. What stands under the name
 * `derived` is left out: it can be made again from the rest.
 *
 * Names are not written: they go by their order, so what a state holds is told by its fresh one alone.
 *
 * @throws TypeError for anything else in a state (a caller's mistake)
 */
export function freeze(state: object): Uint8Array {
  const writer = byteWriter();
  writeParts(state, writer);
  return writer.written();
}

/**
 * Fills a fresh state with what {@link freeze} saved; the fresh state says which names, kinds and lengths are expected.
 *
 * @param fresh changed in place
 * @param where names the state in an error
 * @throws Error when the saved state does not fit
 */
export function thaw(fresh: object, saved: Uint8Array, where: string): void {
  const reader = byteReader(saved);
  readParts(fresh, reader, where);
  if (!reader.isAtEnd()) {
    throw misfit(where);
  }
}

function namesOf(state: object): string[] {
  return Object.keys(state)
    .filter((name) => name !== 'derived')
    .sort();
}

function writeParts(state: object, writer: ByteWriter): void {
  for (const name of namesOf(state)) {
    write((state as Readonly<Record<string, unknown>>)[name], name, writer);
  }
}

function write(value: unknown, name: string, writer: ByteWriter): void {
  if (typeof value === 'number' && Number.isFinite(value)) {
    writer.number(value);
  } else if (typeof value === 'boolean') {
    writer.count(value ? 1 : 0);
  } else if (typeof value === 'string') {
    writer.text(value);
  } else if (isNumberArray(value)) {
    writer.numbers(value);
  } else if (Array.isArray(value)) {
    writer.count(value.length);
    value.forEach((part) => write(part, name, writer));
  } else if (typeof value === 'object' && value !== null) {
    writeParts(value, writer);
  } else {
    throw new TypeError(`a state cannot hold ${typeof value} ${String(value)} as ${name}`);
  }
}

function readParts(fresh: object, reader: ByteReader, where: string): void {
  const target = fresh as Record<string, unknown>;
  for (const name of namesOf(fresh)) {
    target[name] = read(target[name], reader, `${where}.${name}`);
  }
}

function read(fresh: unknown, reader: ByteReader, where: string): unknown {
  if (isNumberArray(fresh)) {
    return readNumbers(fresh, reader, where);
  }
  if (Array.isArray(fresh)) {
    return readList(fresh, reader, where);
  }
  if (typeof fresh === 'object' && fresh !== null) {
    readParts(fresh, reader, where);
    return fresh;
  }
  return orMisfit(where, () => readSingle(fresh, reader));
}

function readSingle(fresh: unknown, reader: ByteReader): unknown {
  if (typeof fresh === 'string') {
    return reader.text();
  }
  if (typeof fresh === 'boolean') {
    return reader.count() === 1;
  }
  return reader.number();
}

/** An array that is empty in a fresh state is made when it is needed, as long as it was then. */
function readNumbers(fresh: NumberArray, reader: ByteReader, where: string): NumberArray {
  return orMisfit(where, () => {
    if (fresh.length === 0) {
      const numbers = reader.numbersLike(fresh);
      return numbers.length === 0 ? fresh : numbers;
    }
    reader.numbersInto(fresh);
    return fresh;
  });
}

/** A list that starts empty is a list of text of any length; one that starts filled keeps its length. */
function readList(fresh: unknown[], reader: ByteReader, where: string): unknown[] {
  const length = orMisfit(where, () => reader.count());
  if (fresh.length === 0) {
    const texts: string[] = [];
    while (texts.length < length) {
      texts.push(orMisfit(where, () => reader.text()));
    }
    return texts;
  }
  if (length !== fresh.length) {
    throw misfit(where);
  }
  return fresh.map((part, index) => read(part, reader, `${where}[${index}]`));
}

function isNumberArray(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function orMisfit<Value>(where: string, reading: () => Value): Value {
  try {
    return reading();
  } catch (error) {
    if (error instanceof RangeError) {
      throw misfit(where);
    }
    throw error;
  }
}

function misfit(where: string): Error {
  return new Error(`the saved watch does not fit this version: ${where} is missing or of another kind`);
}
