import { countBelow, countUpTo, valueAt, valueCount, type RecentValues } from './recent-values.ts';

/**
 * Whether a value is among the least `share` of a stream, judged by its rank among the recent values alone. While the
 * stream stays as it is, a value is least with a probability of at most `share`, whatever the distribution (the rank of a
 * new value among exchangeable ones is uniform). Equal values are told apart by a draw, so that a stream that rounds
 * keeps the share too; a value that at least half of the recent ones do not exceed is never least, so that a constant
 * stream gives nothing.
 *
 * @param recent the values before this one
 * @param code of the value
 * @param share in [0, 1]
 * @param draw in [0, 1), the same for the same prediction
 * @see Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World (2005), on smoothed conformal p-values
 */
export function isLeast(recent: RecentValues, code: number, share: number, draw: number): boolean {
  const count = valueCount(recent);
  const below = countBelow(recent, code);
  if (below > share * (count + 1)) {
    return false;
  }
  const equal = countUpTo(recent, code) - below;
  if (2 * (below + equal) >= count) {
    return false;
  }
  return below + (equal === 0 ? 1 : draw * (equal + 1)) <= share * (count + 1);
}

/**
 * The code of the value below which a new one is among the least `share`.
 *
 * @returns null while there are too few values for so small a share
 */
export function leastBoundary(recent: RecentValues, share: number): number | null {
  const rank = Math.floor(share * (valueCount(recent) + 1));
  return rank < 1 ? null : valueAt(recent, Math.min(rank, valueCount(recent)) - 1);
}
