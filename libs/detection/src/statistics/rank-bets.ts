import { forgetEvidence, noEvidence, weigh, type ChangeEvidence } from './change-evidence.ts';
import { forecast, forgetMix, learnCell, noMix, type ForgettingMix } from './forgetting-mix.ts';

/**
 * Bets on ranks that are uniform and independent while nothing changes: forecasters that learn which ranks come just now
 * can only win against that when something has changed.
 *
 * @see Vovk, Nouretdinov and Gammerman, Conformal testing: change-point detection (2021)
 */
export interface RankBets {
  readonly mixes: ForgettingMix[];
  readonly evidence: ChangeEvidence;
  readonly derived: { readonly ratios: Float64Array };
}

/**
 * The forecasters: into how many equal cells each divides the ranks, and how fast it forgets. Few cells and a short
 * memory find a great change soon, many cells and a long memory a small one at all.
 */
const forecasters = [
  { cells: 5, keep: 2 ** (-1 / 30) },
  { cells: 10, keep: 2 ** (-1 / 80) },
  { cells: 10, keep: 2 ** (-1 / 400) },
] as const;

/** Half a step for each cell. */
const priorPerCell = 0.5;

export function noBets(): RankBets {
  return {
    mixes: forecasters.map(({ cells }) => noMix(cells)),
    evidence: noEvidence(forecasters.length),
    derived: { ratios: new Float64Array(forecasters.length) },
  };
}

/**
 * Takes in one rank: the forecasters learn it.
 *
 * @param rank in [0, 1)
 * @param isCounted whether their bets count already
 * @returns how strongly the ranks seem to have changed: without a change this reaches a height of A only after A ranks or
 *   more on average, and within n ranks with a probability of at most n / A; 0 while bets do not count
 */
export function betOnRank({ mixes, evidence, derived }: RankBets, rank: number, isCounted: boolean): number {
  for (let index = 0; index < forecasters.length; index++) {
    const forecaster = forecasters[index];
    const mix = mixes[index];
    if (forecaster === undefined || mix === undefined) {
      continue;
    }
    const { cells, keep } = forecaster;
    const cell = Math.min(cells - 1, Math.floor(rank * cells));
    derived.ratios[index] = forecast(mix, cell, 1 / cells, priorPerCell * cells) * cells;
    learnCell(mix, cell, keep);
  }
  return isCounted ? weigh(evidence, derived.ratios) : 0;
}

export function forgetAllBets({ mixes, evidence }: RankBets): void {
  mixes.forEach(forgetMix);
  forgetEvidence(evidence);
}
