/**
 * Watches how often each of several things happens: a label is given, a segment is met. Each is watched by itself, as a
 * sequence of yes and no: a yes ranks before a no, the smoothed rank of every new one among all earlier ones is uniform and
 * independent as long as no order of them is likelier than another, and bets are made on whether it falls below a cut that
 * was fixed beforehand. Shiryaev-Roberts sums gather what the bets have won.
 *
 * The promise is proven, not measured: within n steps a false alarm at a height of A has a probability of at most n / A.
 * For one event the mean of its sums exceeds its share of the height with at most that share of the probability, and the
 * events share the height evenly (union bound). The cuts rest on predictions that come before the first rank; where a day
 * has cells, ranks are taken within the cell, and only within a cell must no order be likelier than another.
 *
 * @see Vovk, Nouretdinov and Gammerman, Conformal testing: change-point detection (2021); Vovk, Gammerman and Shafer,
 *   Algorithmic Learning in a Random World (2005), on Mondrian conformal transducers
 */
export interface EventShift {
  /** The share of each event when they were fixed; the cuts follow from it. */
  readonly shares: Float32Array;
  /** How many events there are; 0 until they are fixed. */
  events: number;
  /** Steps of each cell. */
  readonly steps: Uint32Array | Uint16Array;
  /** How often each event came, cell by cell. */
  readonly counts: Uint32Array | Uint16Array;
  /** For each event, each cut and each bet. */
  readonly sums: Float32Array;
  readonly derived: {
    /** Which events this step is: 1 or 0. Set by the caller. */
    readonly happens: Uint8Array;
    readonly cuts: Float64Array;
    /** What a bet is multiplied with by a rank that is not below the cut; by one that is, `betFactors` times that. */
    readonly lost: Float64Array;
    /** The event with the greatest sums after the last step. */
    loudest: number;
  };
}

/** The cuts, as factors on the odds of the event's share: the share is an estimate, so one on each side of it. */
const cutFactors = [0.75, 1.3] as const;

/** The bets, as factors on the odds that a rank falls below the cut: much more seldom, twice as often, much more often. */
const betFactors = [0.4, 2.2, 6] as const;

const betsPerCut = betFactors.length;
const sumsPerEvent = cutFactors.length * betsPerCut;

const lowestCut = 0.001;
const highestCut = 0.97;

/**
 * @param most events
 * @param cells of the day; 1 for none
 */
export function noEventShift(most: number, cells = 1): EventShift {
  const counters = (length: number) => (cells === 1 ? new Uint32Array(length) : new Uint16Array(length));
  return {
    shares: new Float32Array(most),
    events: 0,
    steps: counters(cells),
    counts: counters(cells * most),
    sums: new Float32Array(most * sumsPerEvent),
    derived: {
      happens: new Uint8Array(most),
      cuts: new Float64Array(most * cutFactors.length),
      lost: new Float64Array(most * sumsPerEvent),
      loudest: 0,
    },
  };
}

/**
 * Fixes the events. Nothing that was used to find their shares may be taken in later.
 *
 * @param shares of each event as far as known, in (0, 1); events may come together, so they need not sum to 1
 */
export function fixEvents(shift: EventShift, shares: readonly number[]): void {
  unfixEvents(shift);
  shift.events = shares.length;
  shift.shares.set(shares);
  cutAgain(shift);
}

/** Forgets all; the events must be fixed again. */
export function unfixEvents(shift: EventShift): void {
  shift.shares.fill(0);
  shift.events = 0;
  shift.steps.fill(0);
  shift.counts.fill(0);
  shift.sums.fill(0);
  shift.derived.happens.fill(0);
}

/** Forgets what the bets have won, and nothing else. */
export function forgetBets(shift: EventShift): void {
  shift.sums.fill(0);
}

/** Makes cuts and bets again after a shift was loaded. */
export function cutAgain({ shares, events, derived }: EventShift): void {
  for (let event = 0; event < events; event++) {
    const share = shares[event] ?? 0;
    cutFactors.forEach((cutFactor, place) => {
      const cut = Math.min(highestCut, Math.max(lowestCut, withOdds(share, cutFactor)));
      const at = event * cutFactors.length + place;
      derived.cuts[at] = cut;
      betFactors.forEach((factor, bet) => (derived.lost[at * betsPerCut + bet] = 1 / (1 - cut + cut * factor)));
    });
  }
}

/**
 * Takes in one step, of which `derived.happens` says which events it is.
 *
 * @param draw in [0, 1), the same for the same prediction
 * @param cell of the day, in [0, cells)
 * @returns how strongly the event that changed most seems to have changed, as a share of the height it was given: compare
 *   it with the height of the whole. `derived.loudest` names the event.
 */
export function watchEvents(shift: EventShift, draw: number, cell = 0): number {
  const { events, steps, counts, sums, derived } = shift;
  const { happens, cuts, lost } = derived;
  const first = cell * happens.length;
  if ((steps[cell] ?? 0) >= mostSteps(steps)) {
    halve(shift, cell);
  }
  const before = steps[cell] ?? 0;
  let loudest = -1;
  for (let event = 0; event < events; event++) {
    const came = counts[first + event] ?? 0;
    const isHere = happens[event] === 1;
    const rank = (isHere ? draw * (came + 1) : came + draw * (before - came + 1)) / (before + 1);
    const at = event * sumsPerEvent;
    const total =
      settleBets(sums, lost, at, rank < (cuts[event * 2] ?? 0)) +
      settleBets(sums, lost, at + betsPerCut, rank < (cuts[event * 2 + 1] ?? 0));
    if (isHere) {
      counts[first + event] = came + 1;
    }
    if (total > loudest) {
      loudest = total;
      derived.loudest = event;
    }
  }
  steps[cell] = before + 1;
  return loudest < 0 ? 0 : loudest / (sumsPerEvent * events);
}

/** The three bets on one cut, written out: this runs for every event of every prediction. */
function settleBets(sums: Float32Array, lost: Float64Array, at: number, isBelow: boolean): number {
  let seldom = (1 + (sums[at] ?? 0)) * (lost[at] ?? 0);
  let often = (1 + (sums[at + 1] ?? 0)) * (lost[at + 1] ?? 0);
  let oftener = (1 + (sums[at + 2] ?? 0)) * (lost[at + 2] ?? 0);
  if (isBelow) {
    seldom *= betFactors[0];
    often *= betFactors[1];
    oftener *= betFactors[2];
  }
  sums[at] = seldom;
  sums[at + 1] = often;
  sums[at + 2] = oftener;
  return seldom + often + oftener;
}

/** An event's share among all steps of all cells, with one step of its share when it was fixed. */
export function shareOf({ shares, steps, counts, derived }: EventShift, event: number): number {
  let came = shares[event] ?? 0;
  let all = 1;
  for (let cell = 0; cell < steps.length; cell++) {
    came += counts[cell * derived.happens.length + event] ?? 0;
    all += steps[cell] ?? 0;
  }
  return came / all;
}

function withOdds(share: number, factor: number): number {
  return (share * factor) / (1 - share + share * factor);
}

function mostSteps(steps: Uint32Array | Uint16Array): number {
  return steps.BYTES_PER_ELEMENT === 2 ? 2 ** 16 - 1 : 2 ** 31;
}

function halve({ steps, counts, derived }: EventShift, cell: number): void {
  steps[cell] = (steps[cell] ?? 0) >> 1;
  for (let at = cell * derived.happens.length; at < (cell + 1) * derived.happens.length; at++) {
    counts[at] = (counts[at] ?? 0) >> 1;
  }
}
