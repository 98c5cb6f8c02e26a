import { gridSize } from './threshold-grid.ts';

/** The coverages at which certifying may begin, each with its part of the error that may be spent; they add up to 1. */
const chains = [
  { coverage: 0.1, part: 0.1 },
  { coverage: 0.3, part: 0.225 },
  { coverage: 0.5, part: 0.225 },
  { coverage: 0.7, part: 0.225 },
  { coverage: 0.9, part: 0.225 },
] as const;

/** The usual part of a chain. */
export const usualPart = 0.225;

const partAt: ReadonlyMap<number, number> = new Map(
  chains.map(({ coverage, part }) => [Math.round(coverage * gridSize) - 1, part]),
);

/** What stands about one threshold. */
export interface Standing {
  readonly isCertified: boolean;
  /** The wealth that certifies it now; infinite while no chain has come so far. */
  readonly needed: number;
}

/**
 * Which thresholds are certified. Chains begin at coverages of .3, .5, .7 and .9, each with .225 of `delta`, and one at .1
 * with .1 of it, for streams on which no more can be certified. What a chain has certified it leaves, and goes on to the next lower threshold that is not, taking its part along; chains that
 * meet add up their parts. A threshold is certified when its wealth has ever reached one over (`delta` times the parts
 * that stand at it).
 *
 * Why a false certificate has a chance of `delta` at most, at all times together: call a threshold false when the risk
 * above it is the target or more, and give each false one the parts of the chains that begin at it, or above it with no
 * other false one between. No part passes a false threshold before one is certified falsely. So the first to be falsely
 * certified has at most the parts given to it, and its wealth, a supermartingale from 1, reached one over (`delta` times
 * those): a chance of `delta` times those at most (Ville). Over all false ones the parts add up to 1 or less.
 *
 * @param peak for each threshold, from the highest to the lowest, the most its wealth has ever been
 * @param delta in (0, 1)
 * @see Bretz, Maurer, Brannath and Posch, A graphical approach to sequentially rejective multiple test procedures (2009)
 */
export function standings(peak: readonly number[], delta: number): Standing[] {
  let carried = 0;
  return peak.map((wealth, place) => {
    const part = carried + (partAt.get(place) ?? 0);
    const needed = part > 0 ? 1 / (delta * part) : Infinity;
    const isCertified = wealth >= needed;
    carried = isCertified ? part : 0;
    return { isCertified, needed };
  });
}

/** The place of the lowest certified threshold; -1 where none is. */
export function lowestCertified(peak: readonly number[], delta: number): number {
  return standings(peak, delta).findLastIndex(({ isCertified }) => isCertified);
}
