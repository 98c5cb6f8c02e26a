/**
 * Chance that can be repeated: the same seed gives the same numbers.
 *
 * @returns a function that gives the next number, uniform in [0, 1)
 * @see mulberry32, T. Ettinger, public domain
 */
export function dice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
