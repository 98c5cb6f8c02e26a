/**
 * A forecast of which of several cells comes next: their shares among the past, where what lies `halfLife` steps back
 * counts half. Instead of shrinking all old weights, each new one is larger than the last, so that a step costs the same
 * for any number of cells.
 */
export interface ForgettingMix {
  readonly weights: Float64Array;
  total: number;
  /** The weight of the next step. */
  next: number;
}

/** Part of the forecast that goes to the cells' usual shares, so that no cell is ever held to be impossible. */
const hedge = 0.02;

/** Weights are brought back to 1 long before they leave the range of numbers. */
const largestWeight = 1e200;

export function noMix(cells: number): ForgettingMix {
  return { weights: new Float64Array(cells), total: 0, next: 1 };
}

/**
 * The forecast for a cell.
 *
 * @param usual the cell's share when nothing changes, in (0, 1]
 * @param prior how many steps of the usual mix the forecast starts from
 * @returns a probability; over all cells the forecasts sum to 1 when the usual shares do
 */
export function forecast(mix: ForgettingMix, cell: number, usual: number, prior: number): number {
  const start = prior * mix.next;
  const share = ((mix.weights[cell] ?? 0) + start * usual) / (mix.total + start);
  return (1 - hedge) * share + hedge * usual;
}

/**
 * Takes in the cell that came.
 *
 * @param keep what an old step's weight is multiplied with at each new one: 2 to the power of -1/halfLife
 */
export function learnCell(mix: ForgettingMix, cell: number, keep: number): void {
  mix.weights[cell] = (mix.weights[cell] ?? 0) + mix.next;
  mix.total += mix.next;
  mix.next /= keep;
  if (mix.next > largestWeight) {
    rescale(mix);
  }
}

export function forgetMix(mix: ForgettingMix): void {
  mix.weights.fill(0);
  mix.total = 0;
  mix.next = 1;
}

function rescale(mix: ForgettingMix): void {
  for (let cell = 0; cell < mix.weights.length; cell++) {
    mix.weights[cell] = (mix.weights[cell] ?? 0) / mix.next;
  }
  mix.total /= mix.next;
  mix.next = 1;
}
