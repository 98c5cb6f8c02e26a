/** How many lanes the streams are divided among. A database keeps this number for good: streams would change their lane. */
export const laneCount = 4;

/**
 * The lane of a stream: the same on every instance and over restarts.
 *
 * @returns a number from 0 to `laneCount` - 1
 * @see Fowler, Noll and Vo, FNV-1a with 32 bits
 */
export function laneOf(stream: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < stream.length; index += 1) {
    hash = Math.imul(hash ^ stream.charCodeAt(index), 0x01000193);
  }
  // The lowest bits alone spread badly for names that differ in their last letter.
  return ((hash >>> 16) ^ (hash & 0xffff)) % laneCount;
}
