import type { NumberArray } from './packed-numbers.ts';

/** Every array begins at a multiple of the largest number's size. */
const alignment = 8;

/**
 * Moves the arrays of numbers of a state into one buffer. Dozens of small buffers take about as much room again as what
 * they hold: a server that watches thousands of streams feels it.
 *
 * @param state changed in place; its arrays hold the same numbers as before, and have the same lengths
 */
export function inOneBuffer(state: object): void {
  const places: Place[] = [];
  gather(state, places, new Set());
  const buffer = new ArrayBuffer(places.reduce((sum, { array }) => sum + aligned(array.byteLength), 0));
  let at = 0;
  for (const { holder, name, array } of places) {
    const View = array.constructor as new (buffer: ArrayBuffer, at: number, length: number) => NumberArray;
    const moved = new View(buffer, at, array.length);
    moved.set(array);
    holder[name] = moved;
    at += aligned(array.byteLength);
  }
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly name: string;
  readonly array: NumberArray;
}

function gather(part: object, places: Place[], seen: Set<object>): void {
  if (seen.has(part)) {
    return;
  }
  seen.add(part);
  const holder = part as Record<string, unknown>;
  for (const [name, value] of Object.entries(part) as [string, unknown][]) {
    if (ArrayBuffer.isView(value)) {
      if (value.byteLength > 0) {
        places.push({ holder, name, array: value as NumberArray });
      }
    } else if (typeof value === 'object' && value !== null) {
      gather(value, places, seen);
    }
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
