import { murmurHash3 } from './murmur-hash.ts';

/**
 * Which values a few fields have had, as 16-bit fingerprints: a value never seen is taken for a known one in 1 of 65,536
 * for each known one, and no hostile value takes more room than another.
 */
export interface SeenValues {
  /** Blocks of fingerprints; 0 is no fingerprint. */
  readonly prints: Uint16Array;
  /** How many values each block holds. */
  readonly counts: Uint8Array;
  /** 1 for a block that is in use. */
  readonly inUse: Uint8Array;
}

/** So many values a field is known by; one with more is not of few kinds, and every value of it may be new. */
export const mostValues = 40;

/** Two long texts that begin alike count as one value. */
const longestText = 48;

export function noSeenValues(blocks: number): SeenValues {
  return {
    prints: new Uint16Array(blocks * mostValues),
    counts: new Uint8Array(blocks),
    inUse: new Uint8Array(blocks),
  };
}

/** @returns a block for one more field, or -1 when all are in use */
export function takeBlock({ inUse }: SeenValues): number {
  const block = inUse.indexOf(0);
  if (block >= 0) {
    inUse[block] = 1;
  }
  return block;
}

export function freeBlock({ prints, counts, inUse }: SeenValues, block: number): void {
  prints.fill(0, block * mostValues, (block + 1) * mostValues);
  counts[block] = 0;
  inUse[block] = 0;
}

/** @returns from 1 to 65,535, the same for the same text */
export function printOf(text: string): number {
  const hash = murmurHash3(
    text.length > longestText ? text.slice(0, longestText) : text,
    text.length > longestText ? text.length : 0,
  );
  return (hash & 0xffff) === 0 ? 1 : hash & 0xffff;
}

/** What became of a value: it was known, or it is new and now known, or it is new and there is no room left. */
export type Meeting = 'known' | 'new' | 'full';

export function meet({ prints, counts }: SeenValues, block: number, print: number): Meeting {
  const start = block * mostValues;
  const count = counts[block] ?? 0;
  for (let at = start; at < start + count; at++) {
    if (prints[at] === print) {
      return 'known';
    }
  }
  if (count >= mostValues) {
    return 'full';
  }
  prints[start + count] = print;
  counts[block] = count + 1;
  return 'new';
}
