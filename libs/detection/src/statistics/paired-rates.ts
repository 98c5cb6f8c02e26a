import { grown, notYet } from '../saving/grown.ts';

/**
 * Evidence that something comes at one rate on one side and at another rate on the other, from pairs of one item of each
 * side. A bet on each pair multiplies the evidence with how much likelier both outcomes are under the two running rates
 * than under their mean. If both sides have the same rate, whatever it is and however it changes from pair to pair, the
 * evidence is no more than 1 on average, and ever reaches A with a probability of at most 1/A.
 *
 * Half of the stake is bet from the beginning, the rest bit by bit, so that a difference that comes late is found too.
 *
 * @see Turner, Ly and Grünwald, Generic E-variables for exact sequential k-sample tests that allow for optional stopping
 *   (2024); Shafer, Testing by betting (2021)
 */
export interface PairedRates {
  /** For each test: pairs so far. */
  pairs: Uint32Array;
  /** Fading counts of what came, and of pairs. */
  ownOnes: Float32Array;
  otherOnes: Float32Array;
  weights: Float32Array;
  /** The part of the evidence that is bet, and the part that is not yet; their sum is the evidence. */
  staked: Float32Array;
  kept: Float32Array;
}

/** The running rates begin as if half a one and half a zero had been seen. */
const prior = 0.5;

/** A pair counts half after so many more. */
const keepAPair = 2 ** (-1 / 500);

/** Larger, the rest is staked more slowly. */
const patience = 200;

/** Evidence is not told beyond. */
const largest = 1e30;

/** Before the first pair; {@link makeRoomForPairs} comes before it. */
export function noPairedRates(): PairedRates {
  const none = notYet.float32;
  return { pairs: notYet.uint32, ownOnes: none, otherOnes: none, weights: none, staked: none, kept: none };
}

/** Makes room for so many tests; what was loaded stays. */
export function makeRoomForPairs(rates: PairedRates, tests: number): void {
  rates.pairs = grown(rates.pairs, tests);
  rates.ownOnes = grown(rates.ownOnes, tests);
  rates.otherOnes = grown(rates.otherOnes, tests);
  rates.weights = grown(rates.weights, tests);
  rates.staked = begun(rates.staked, tests);
  rates.kept = begun(rates.kept, tests);
}

/** Takes in one item of each side. */
export function addPair(rates: PairedRates, test: number, own: boolean, other: boolean): void {
  const { pairs, ownOnes, otherOnes, weights, staked, kept } = rates;
  const ownRate = rateOf(ownOnes[test] ?? 0, weights[test] ?? 0);
  const otherRate = rateOf(otherOnes[test] ?? 0, weights[test] ?? 0);
  const mean = (ownRate + otherRate) / 2;
  const ratio = (of(ownRate, own) * of(otherRate, other)) / (of(mean, own) * of(mean, other));
  const count = pairs[test] ?? 0;
  const moved = (kept[test] ?? 0) / (count + patience);
  kept[test] = (kept[test] ?? 0) - moved;
  staked[test] = Math.min(largest, ((staked[test] ?? 0) + moved) * ratio);
  ownOnes[test] = (ownOnes[test] ?? 0) * keepAPair + (own ? 1 : 0);
  otherOnes[test] = (otherOnes[test] ?? 0) * keepAPair + (other ? 1 : 0);
  weights[test] = (weights[test] ?? 0) * keepAPair + 1;
  pairs[test] = Math.min(count + 1, 2 ** 31);
}

/** The evidence for different rates: 1 at the start, {@link largest} at most. */
export function evidenceOf({ staked, kept }: PairedRates, test: number): number {
  return (staked[test] ?? 0) + (kept[test] ?? 0);
}

/** The running rates of both sides, over about the last thousand pairs; null before the first. */
export function ratesOf(rates: PairedRates, test: number): { own: number; other: number; pairs: number } | null {
  const weight = rates.weights[test] ?? 0;
  return weight === 0
    ? null
    : {
        own: (rates.ownOnes[test] ?? 0) / weight,
        other: (rates.otherOnes[test] ?? 0) / weight,
        pairs: rates.pairs[test] ?? 0,
      };
}

/** Begins a test anew. */
export function forgetPairs(rates: PairedRates, test: number): void {
  const { pairs, ownOnes, otherOnes, weights, staked, kept } = rates;
  [pairs, ownOnes, otherOnes, weights].forEach((numbers) => (numbers[test] = 0));
  staked[test] = 0.5;
  kept[test] = 0.5;
}

/** A part of a stake may come to 0 in single precision: what is loaded keeps it. */
function begun(stakes: Float32Array, tests: number): Float32Array {
  return stakes.length === 0 ? new Float32Array(tests).fill(0.5) : grown(stakes, tests);
}

function rateOf(ones: number, weight: number): number {
  return (ones + prior) / (weight + 2 * prior);
}

function of(rate: number, isOne: boolean): number {
  return isOne ? rate : 1 - rate;
}
