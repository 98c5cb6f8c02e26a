import { grown, notYet } from '../saving/grown.ts';

/**
 * How several numbers usually go together, and how far a point lies from that: the squared distance in which directions
 * count the more, the less the stream varies along them. It finds what halving the space feature by feature cannot: one
 * number that does not fit to the others, among many.
 *
 * @see Hotelling, The generalization of Student's ratio (1931); Mahalanobis, On the generalized distance in statistics (1936)
 */
export interface RunningCovariance {
  /** Running means of the products of two numbers, one triangle. */
  products: Float32Array;
  /** The inverse as it was last worked out, one triangle. */
  inverse: Float32Array;
  count: number;
  /** Numbers that go in; 0 before the first point. */
  features: number;
}

/** The products follow the stream over about so many points. */
const longestMemory = 1_000;

/** The inverse is worked out anew every so many points. */
const refreshEvery = 128;

/** Each number varies by itself by at least so much more than it was seen to, so that the inverse exists. */
const ridge = 0.001;
const leastVariance = 1e-6;

export function noCovariance(): RunningCovariance {
  return { products: notYet.float32, inverse: notYet.float32, count: 0, features: 0 };
}

/**
 * The distance of a point, after which it joins the others.
 *
 * @param places of the numbers, each in [0, 1], one half for the mean
 * @param count how many numbers there are; when that changes, all begins anew
 * @returns the squared distance, about `count` on average; -1 until the first {@link refreshEvery} points are known
 */
export function distanceOf(state: RunningCovariance, places: Float64Array, count: number): number {
  const triangle = placeOf(count, 0);
  state.products = grown(state.products, triangle);
  state.inverse = grown(state.inverse, triangle);
  if (state.features !== count) {
    state.products.fill(0);
    state.inverse.fill(0);
    state.count = 0;
    state.features = count;
  }
  const { products, inverse } = state;
  const step = 1 / Math.min(longestMemory, state.count + 1);
  let distance = 0;
  let at = 0;
  for (let row = 0; row < count; row++) {
    const own = (places[row] ?? 0) - 0.5;
    let across = 0;
    for (let column = 0; column < row; column++, at++) {
      const other = (places[column] ?? 0) - 0.5;
      across += (inverse[at] ?? 0) * other;
      products[at] = (products[at] ?? 0) + step * (own * other - (products[at] ?? 0));
    }
    distance += own * (2 * across + (inverse[at] ?? 0) * own);
    products[at] = (products[at] ?? 0) + step * (own * own - (products[at] ?? 0));
    at++;
  }
  const isReady = state.count >= refreshEvery;
  state.count++;
  if (state.count % refreshEvery === 0) {
    invert(state);
  }
  return isReady ? Math.max(0, distance) : -1;
}

/** By Cholesky's factors: products = L L', inverse = (L^-1)' L^-1. */
function invert({ products, inverse, features }: RunningCovariance): void {
  const size = features * features;
  const factor = new Float64Array(size);
  const inverted = new Float64Array(size);
  for (let row = 0; row < features; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = products[placeOf(row, column)] ?? 0;
      sum = row === column ? sum * (1 + ridge) + leastVariance : sum;
      for (let k = 0; k < column; k++) {
        sum -= (factor[row * features + k] ?? 0) * (factor[column * features + k] ?? 0);
      }
      factor[row * features + column] =
        row === column ? Math.sqrt(Math.max(sum, leastVariance)) : sum / (factor[column * features + column] ?? 1);
    }
  }
  for (let column = 0; column < features; column++) {
    for (let row = column; row < features; row++) {
      let sum = row === column ? 1 : 0;
      for (let k = column; k < row; k++) {
        sum -= (factor[row * features + k] ?? 0) * (inverted[k * features + column] ?? 0);
      }
      inverted[row * features + column] = sum / (factor[row * features + row] ?? 1);
    }
  }
  for (let row = 0; row < features; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = 0;
      for (let k = row; k < features; k++) {
        sum += (inverted[k * features + row] ?? 0) * (inverted[k * features + column] ?? 0);
      }
      inverse[placeOf(row, column)] = sum;
    }
  }
}

/** @param column at most `row` */
function placeOf(row: number, column: number): number {
  return (row * (row + 1)) / 2 + column;
}
