import { grown, notYet } from '../saving/grown.ts';
import { drawFrom } from './murmur-hash.ts';

/**
 * How much of a stream lies near a point: random trees halve the space of all features again and again, and count how many
 * of the stream's last values fell into each part. A point in parts that were empty lies where nothing was seen, even if
 * each of its features by itself is usual.
 *
 * Only the leaves are kept; the other counts are sums of them. The features come as places among their running means, so
 * that no range need be known beforehand.
 *
 * @see Tan, Ting and Liu, Fast anomaly detection for streaming data (2011), on streaming half-space trees
 */
export interface HalfSpaceTrees {
  /** Counts in the leaves over the last full window, and over the present one. */
  reference: Uint8Array;
  latest: Uint8Array;
  /** Values in the present window. */
  filled: number;
  /** Features that the trees divide; 0 before the first window. */
  features: number;
  /** Whether there is a full window to compare with. */
  isReady: boolean;
  readonly derived: { masses: Uint8Array };
}

const trees = 5;
const depth = 6;
const leaves = 2 ** depth;
const nodes = 2 * leaves;

/** Values in a window; a count must fit a byte. */
export const windowSize = 250;

/** A node with no more values is as good as a leaf. */
const sizeLimit = 25;

/** The mass of a point when all its values lie everywhere alike, in the sum over all trees. */
export const evenMass = trees * windowSize;

export function noTrees(): HalfSpaceTrees {
  return {
    reference: notYet.uint8,
    latest: notYet.uint8,
    filled: 0,
    features: 0,
    isReady: false,
    derived: { masses: notYet.uint8 },
  };
}

/**
 * The mass around a point, after which it joins the present window.
 *
 * @param places of the features, each in [0, 1]
 * @param count how many features there are; when that changes, the trees begin anew
 * @returns 0 where nothing was, {@link evenMass} where it is as dense as on average; -1 while there is nothing to compare with
 */
export function massAt(state: HalfSpaceTrees, places: Float64Array, count: number): number {
  makeRoom(state);
  if (state.features !== count) {
    beginAnew(state, count);
  }
  const { dimensions, cuts } = splitsOf(count);
  const { latest, derived } = state;
  let mass = 0;
  for (let tree = 0; tree < trees; tree++) {
    const first = tree * nodes;
    let node = 1;
    let found = -1;
    for (let level = 0; level < depth; level++) {
      const size = derived.masses[first + node] ?? 0;
      if (found < 0 && size <= sizeLimit) {
        found = size * 2 ** level;
      }
      const split = first + node;
      node = 2 * node + ((places[dimensions[split] ?? 0] ?? 0) >= (cuts[split] ?? 0) ? 1 : 0);
    }
    mass += found < 0 ? (derived.masses[first + node] ?? 0) * leaves : found;
    const leaf = tree * leaves + node - leaves;
    latest[leaf] = (latest[leaf] ?? 0) + 1;
  }
  const answer = state.isReady ? mass : -1;
  if (++state.filled === windowSize) {
    turnWindow(state);
  }
  return answer;
}

/** Makes the inner counts again after the leaves were loaded. */
export function sumAgain(state: HalfSpaceTrees): void {
  if (state.features === 0) {
    return;
  }
  makeRoom(state);
  const { reference, derived } = state;
  const { masses } = derived;
  for (let tree = 0; tree < trees; tree++) {
    const first = tree * nodes;
    for (let leaf = 0; leaf < leaves; leaf++) {
      masses[first + leaves + leaf] = reference[tree * leaves + leaf] ?? 0;
    }
    for (let node = leaves - 1; node > 0; node--) {
      masses[first + node] = (masses[first + 2 * node] ?? 0) + (masses[first + 2 * node + 1] ?? 0);
    }
  }
}

/** Only streams of several numbers need it. */
function makeRoom(state: HalfSpaceTrees): void {
  state.reference = grown(state.reference, trees * leaves);
  state.latest = grown(state.latest, trees * leaves);
  state.derived.masses = grown(state.derived.masses, trees * nodes);
}

function beginAnew(state: HalfSpaceTrees, features: number): void {
  state.reference.fill(0);
  state.latest.fill(0);
  state.filled = 0;
  state.features = features;
  state.isReady = false;
  sumAgain(state);
}

function turnWindow(state: HalfSpaceTrees): void {
  state.reference.set(state.latest);
  state.latest.fill(0);
  state.filled = 0;
  state.isReady = true;
  sumAgain(state);
}

interface Splits {
  readonly dimensions: Uint8Array;
  readonly cuts: Float32Array;
}

const splits: Splits[] = [];

/** Where the trees over so many features are cut: the same for all streams, drawn once. */
function splitsOf(features: number): Splits {
  return (splits[features] ??= drawSplits(features));
}

function drawSplits(features: number): Splits {
  const drawn = { dimensions: new Uint8Array(trees * nodes), cuts: new Float32Array(trees * nodes) };
  for (let tree = 0; tree < trees; tree++) {
    const range = Array.from({ length: features }, (_, feature) => workRange(drawFrom(tree * 256 + feature, 201)));
    divide(drawn, tree, 1, range);
  }
  return drawn;
}

/**
 * The range that a tree divides in one feature: all of [0, 1], around a random middle, so that cuts fall anywhere. Half as
 * wide as published, since places among means leave no room beyond.
 */
function workRange(middle: number): readonly [number, number] {
  const reach = Math.max(middle, 1 - middle);
  return [middle - reach, middle + reach];
}

function divide(drawn: Splits, tree: number, node: number, ranges: readonly (readonly [number, number])[]): void {
  if (node >= leaves) {
    return;
  }
  const dimension = Math.floor(drawFrom(tree * nodes + node, 202) * ranges.length);
  const [low, high] = ranges[dimension] ?? [0, 1];
  const cut = (low + high) / 2;
  drawn.dimensions[tree * nodes + node] = dimension;
  drawn.cuts[tree * nodes + node] = cut;
  const within = (part: readonly [number, number]) => ranges.map((range, at) => (at === dimension ? part : range));
  divide(drawn, tree, 2 * node, within([low, cut]));
  divide(drawn, tree, 2 * node + 1, within([cut, high]));
}
