/**
 * A forecast of which of several cells comes next: their shares among the past, where what lies `halfLife` steps back
 * counts half.
 */
export interface ForgettingMix {
  /** One for each cell. The forecasts are made of their sum as it stands, so that they sum to 1 however these are rounded. */
  readonly weights: Float32Array;
}

/** Part of the forecast that goes to the cells' usual shares, so that no cell is ever held to be impossible. */
const hedge = 0.02;

export function noMix(cells: number): ForgettingMix {
  return { weights: new Float32Array(cells) };
}

/**
 * The forecast for a cell.
 *
 * @param usual the cell's share when nothing changes, in (0, 1]
 * @param prior how many steps of the usual mix the forecast starts from
 * @returns a probability; over all cells the forecasts sum to 1 when the usual shares do
 */
export function forecast({ weights }: ForgettingMix, cell: number, usual: number, prior: number): number {
  let total = prior;
  for (const weight of weights) {
    total += weight;
  }
  const share = ((weights[cell] ?? 0) + prior * usual) / total;
  return (1 - hedge) * share + hedge * usual;
}

/**
 * Takes in the cell that came.
 *
 * @param keep what an old step's weight is multiplied with at each new one: 2 to the power of -1/halfLife
 */
export function learnCell({ weights }: ForgettingMix, cell: number, keep: number): void {
  for (let other = 0; other < weights.length; other++) {
    weights[other] = (weights[other] ?? 0) * keep;
  }
  weights[cell] = (weights[cell] ?? 0) + 1;
}

export function forgetMix(mix: ForgettingMix): void {
  mix.weights.fill(0);
}
