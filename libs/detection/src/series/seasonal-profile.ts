/**
 * What is usual for a time of the day or the week: one mean for each cell of a cycle. All the values of one visit to a cell
 * count once, when the visit is over, so that a stream of many values is no stronger than one of few.
 */
export interface SeasonalProfile {
  readonly means: Float32Array;
  /** Visits that each cell was learnt from, 255 at most. */
  readonly visits: Uint8Array;
  /** The visit that is going on: its number since 1970, and the sum and count of its values. */
  visit: number;
  sum: number;
  count: number;
  /** When the profile first knew what to expect, milliseconds since 1970; -1 before. */
  knownSinceMs: number;
}

/** How a cycle is divided. */
export interface SeasonalShape {
  readonly cells: number;
  readonly cellMs: number;
  /** Fewer visits make no habit. */
  readonly fewestVisits: number;
}

const hourMs = 3_600_000;

export const dayShape: SeasonalShape = { cells: 48, cellMs: hourMs / 2, fewestVisits: 2 };
export const weekShape: SeasonalShape = { cells: 168, cellMs: hourMs, fewestVisits: 3 };

/** A visit counts for at least this share of a cell's mean, so that old habits fade. */
const leastShare = 0.2;

/** @param isKept without, nothing is ever learnt, and no memory taken */
export function noProfile(shape: SeasonalShape, isKept: boolean): SeasonalProfile {
  const cells = isKept ? shape.cells : 0;
  return {
    means: new Float32Array(cells),
    visits: new Uint8Array(cells),
    visit: -1,
    sum: 0,
    count: 0,
    knownSinceMs: -1,
  };
}

/**
 * What is usual at this time, interpolated between the middles of the two nearest cells.
 *
 * @param atMs milliseconds since 1970
 * @returns NaN while the cell was not visited often enough
 */
export function usualAt({ means, visits }: SeasonalProfile, shape: SeasonalShape, atMs: number): number {
  const place = atMs / shape.cellMs;
  const visit = Math.floor(place);
  const cell = cellOf(visit, shape);
  if ((visits[cell] ?? 0) < shape.fewestVisits) {
    return NaN;
  }
  const fromMiddle = place - visit - 0.5;
  const neighbour = cellOf(visit + (fromMiddle < 0 ? -1 : 1), shape);
  const distance = (visits[neighbour] ?? 0) < shape.fewestVisits ? 0 : Math.abs(fromMiddle);
  return (means[cell] ?? 0) * (1 - distance) + (means[neighbour] ?? 0) * distance;
}

/** Takes in a value of this time. */
export function learnUsual(profile: SeasonalProfile, shape: SeasonalShape, atMs: number, value: number): void {
  if (profile.means.length === 0) {
    return;
  }
  const visit = Math.floor(atMs / shape.cellMs);
  if (visit !== profile.visit) {
    closeVisit(profile, shape);
    profile.visit = visit;
    profile.sum = 0;
    profile.count = 0;
  }
  profile.sum += value;
  profile.count++;
}

function closeVisit({ means, visits, visit, sum, count }: SeasonalProfile, shape: SeasonalShape): void {
  if (count === 0) {
    return;
  }
  const cell = cellOf(visit, shape);
  const seen = Math.min(255, (visits[cell] ?? 0) + 1);
  visits[cell] = seen;
  const mean = means[cell] ?? 0;
  means[cell] = mean + (sum / count - mean) * Math.max(1 / seen, leastShare);
}

function cellOf(visit: number, { cells }: SeasonalShape): number {
  const cell = visit % cells;
  return cell < 0 ? cell + cells : cell;
}
