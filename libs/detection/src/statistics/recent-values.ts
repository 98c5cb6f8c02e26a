import { grown, notYet } from '../saving/grown.ts';

/**
 * The last values of a stream, and the same in order, each as a code of two bytes that orders as the values do; see
 * `value-codes.ts`.
 */
export interface RecentValues {
  /** Empty before the first value. */
  ring: Uint16Array;
  /** How many were ever added. */
  added: number;
  readonly derived: { sorted: Uint16Array };
}

/** How many values are remembered: enough for a share of 1 %, few enough to follow a stream within an hour or a day. */
export const recentCount = 500;

export function noValues(): RecentValues {
  return {
    ring: notYet.uint16,
    added: 0,
    derived: { sorted: notYet.uint16 },
  };
}

/** @returns how many values are remembered just now, at most {@link recentCount} */
export function valueCount(recent: RecentValues): number {
  return Math.min(recent.added, recentCount);
}

/**
 * Remembers a value and forgets the oldest when there are too many. In place, by two binary searches and one move.
 *
 * @param code a whole number from 0 to 65,535
 */
export function addValue(recent: RecentValues, code: number): void {
  if (recent.ring.length < recentCount) {
    makeRoom(recent);
  }
  const { ring, derived } = recent;
  const { sorted } = derived;
  const slot = recent.added % recentCount;
  if (recent.added < recentCount) {
    const to = countBelow(recent, code);
    sorted.copyWithin(to + 1, to, recent.added);
    sorted[to] = code;
  } else {
    replaceSorted(recent, ring[slot] ?? 0, code);
  }
  ring[slot] = code;
  recent.added++;
}

/** How many of the remembered values are smaller. */
export function countBelow(recent: RecentValues, code: number): number {
  const { sorted } = recent.derived;
  let low = 0;
  let high = valueCount(recent);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < code) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** How many of the remembered values are smaller or equal. */
export function countUpTo(recent: RecentValues, code: number): number {
  const { sorted } = recent.derived;
  let low = 0;
  let high = valueCount(recent);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= code) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/**
 * @param rank 0 for the smallest
 * @returns the code of the remembered value of that rank
 */
export function valueAt(recent: RecentValues, rank: number): number {
  return recent.derived.sorted[rank] ?? 0;
}

/** Makes the order again after the ring was loaded. */
export function sortAgain(recent: RecentValues): void {
  const count = valueCount(recent);
  if (count === 0) {
    return;
  }
  makeRoom(recent);
  recent.derived.sorted.set(recent.ring.slice(0, count).sort());
}

function makeRoom(recent: RecentValues): void {
  recent.ring = grown(recent.ring, recentCount);
  recent.derived.sorted = grown(recent.derived.sorted, recentCount);
}

function replaceSorted(recent: RecentValues, old: number, kept: number): void {
  const { sorted } = recent.derived;
  const from = countBelow(recent, old);
  const to = countBelow(recent, kept);
  if (to > from) {
    sorted.copyWithin(from, from + 1, to);
    sorted[to - 1] = kept;
  } else {
    sorted.copyWithin(to + 1, to, from);
    sorted[to] = kept;
  }
}
