import type { NumberArray } from './packed-numbers.ts';

/**
 * Stand for arrays that are made when they are first needed: a stream without intervals keeps no room for their widths.
 * They are saved as nothing, and a saved array comes back in their place.
 */
export const notYet = {
  uint8: new Uint8Array(0),
  uint16: new Uint16Array(0),
  uint32: new Uint32Array(0),
  float32: new Float32Array(0),
  float64: new Float64Array(0),
} as const;

/**
 * An array at its full length: itself, or a longer one with its numbers at the beginning.
 *
 * @param array {@link notYet}, or as it was loaded, or full already
 */
export function grown<Numbers extends NumberArray>(array: Numbers, length: number): Numbers {
  if (array.length >= length) {
    return array;
  }
  const View = array.constructor as new (length: number) => Numbers;
  const full = new View(length);
  full.set(array);
  return full;
}
