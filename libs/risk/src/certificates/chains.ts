import { gridSize } from './threshold-grid.ts';

/** The coverages at which certifying may begin, each with an even part of the error that may be spent. */
export const chainStarts = [0.3, 0.5, 0.7, 0.9] as const;

const startPlaces: ReadonlySet<number> = new Set(chainStarts.map((coverage) => Math.round(coverage * gridSize) - 1));

/** What stands about one threshold. */
export interface Standing {
  readonly isCertified: boolean;
  /** The wealth that certifies it now; infinite while no chain has come so far. */
  readonly needed: number;
}

/**
 * Which thresholds are certified. Four chains begin at coverages of .3, .5, .7 and .9 with a quarter of `delta` each; what
 * a chain has certified it leaves, and goes on to the next lower threshold that is not, taking its part along; chains that
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
    const part = carried + (startPlaces.has(place) ? 1 / startPlaces.size : 0);
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
