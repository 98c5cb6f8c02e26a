/**
 * How often each of many narrow bins was met, as a tree of partial sums: a value's rank among all earlier ones costs a
 * dozen steps however long the stream.
 *
 * @see Fenwick, A new data structure for cumulative frequency tables (1994)
 */
export interface RankHistory {
  /** `tree[i]` sums the counts of a run of bins that ends with bin `i - 1`; `tree[0]` is not used. */
  readonly tree: Uint32Array;
  count: number;
}

export function noHistory(bins: number): RankHistory {
  return { tree: new Uint32Array(bins + 1), count: 0 };
}

/**
 * The smoothed rank of a value's bin among all earlier values and itself, after which the value joins them. Uniform, and
 * independent from value to value, as long as the values are exchangeable: then no order of them is likelier than another.
 *
 * @param bin a whole number from 0
 * @param draw in [0, 1): where within its bin the value is taken to lie
 * @returns in [0, 1)
 * @see Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World (2005), on conformal transducers
 */
export function rankAndAdd(history: RankHistory, bin: number, draw: number): number {
  const below = countBelowBin(history, bin);
  const equal = countBelowBin(history, bin + 1) - below;
  const rank = (below + draw * (equal + 1)) / (history.count + 1);
  add(history, bin);
  return rank;
}

/** How many earlier values lie in lower bins. */
export function countBelowBin(history: RankHistory, bin: number): number {
  let count = 0;
  for (let node = bin; node > 0; node &= node - 1) {
    count += history.tree[node] ?? 0;
  }
  return count;
}

export function forgetHistory(history: RankHistory): void {
  history.tree.fill(0);
  history.count = 0;
}

function add(history: RankHistory, bin: number): void {
  for (let node = bin + 1; node < history.tree.length; node += node & -node) {
    history.tree[node] = (history.tree[node] ?? 0) + 1;
  }
  history.count++;
}
