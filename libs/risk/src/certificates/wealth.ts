import { gridSize } from './threshold-grid.ts';

/** The shares of the possible stake that are bet side by side; which is best depends on the risk, which nobody knows. */
export const stakes = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9] as const;

/**
 * What bets have won that the risk above each threshold is below the target: all together start with 1.
 *
 * For a prediction that reaches the threshold, drawn with probability p, with error e (0 or 1), a bet of stake s is
 * multiplied by `1 - s * least / (1 - target) * (e - target) / p`, and an undrawn one by 1. The stake and `least`, the
 * smallest probability in force, are fixed before the draw, so the factor is at least `1 - s` > 0. Its mean, over the draw,
 * is `1 - s * least / (1 - target) * (r - target)`, where r is the risk above the threshold given all that went before;
 * that is at most 1 when r is the target or more. So the mean over the stakes, with what is kept back, is then a non-negative supermartingale that
 * starts with 1, and reaches 1/c at any time with a chance of c at most (Ville). `least / p` and not 1 alone, because the
 * risk is a mean over all predictions above the threshold: the stake may not depend on which of them came.
 *
 * @see Waudby-Smith and Ramdas, Estimating means of bounded random variables by betting (2024); Ville (1939)
 */
export interface Wealth {
  /** One number for each threshold and stake. */
  readonly won: number[];
  /** For each threshold the most that the mean over the stakes has ever been, with what is kept back; at least 1. */
  readonly peak: number[];
  /** What is kept back for later starts, in [0, 1). */
  reserve: number;
  /** Answers that bets were settled with. */
  settled: number;
}

/** An answer that bets are settled with. */
export interface WeightedAnswer {
  /** The place of the highest threshold that the prediction reaches. */
  readonly place: number;
  /** The probability with which it was drawn, in (0, 1]. */
  readonly probability: number;
  /** The smallest probability in force when it was; at most `probability`. */
  readonly least: number;
}

/** Capping keeps a supermartingale one, and numbers finite. */
const most = 1e200;

/** Less than this is nothing: the smallest numbers would be rounded up, and what is lost come back. */
const least = 1e-290;

/** A fifth is kept back at first; half of what is left is put in after so many answers, and each time twice as many. */
export const keptBack = 0.2;
const firstInvestment = 500;

export function startWealth(): Wealth {
  return {
    won: new Array<number>(gridSize * stakes.length).fill(1 - keptBack),
    peak: new Array<number>(gridSize).fill(1),
    reserve: keptBack,
    settled: 0,
  };
}

/** Whether it is time to put in more: after 500, 1,000, 2,000, ... answers. */
export function isInvestmentDue({ settled }: Wealth): boolean {
  return settled >= firstInvestment && Number.isInteger(Math.log2(settled / firstInvestment));
}

/**
 * Puts half of the reserve into the bets. Bets that a bad stretch has ruined do not recover; those begun after it need not.
 * Their sum with the reserve remains a supermartingale from 1. What was charged before must not be given back afterwards,
 * as the new bets have not paid for it.
 */
export function invest(wealth: Wealth): void {
  const added = wealth.reserve / 2;
  wealth.reserve -= added;
  wealth.won.forEach((won, index) => (wealth.won[index] = won + added));
}

/** Settles all bets above which a prediction stands with its answer; 160 multiplications and as many additions at most. */
export function settleBets(wealth: Wealth, answer: WeightedAnswer, isError: boolean, target: number): void {
  wealth.settled++;
  multiply(wealth, answer.place, (stake) => factorOf(stake, answer, isError, target));
}

/**
 * Gives back what was taken for an error before its answer was known, exactly. What stands before the answer is never
 * more than it would have been with it, so peaks reached meanwhile are sound.
 */
export function giveBack(wealth: Wealth, answer: WeightedAnswer, target: number): void {
  multiply(
    wealth,
    answer.place,
    (stake) => factorOf(stake, answer, false, target) / factorOf(stake, answer, true, target),
  );
}

function factorOf(stake: number, { probability, least }: WeightedAnswer, isError: boolean, target: number): number {
  const share = (stake * least) / probability;
  return isError ? 1 - share : 1 + (share * target) / (1 - target);
}

function multiply({ won, peak, reserve }: Wealth, from: number, factorFor: (stake: number) => number): void {
  const factors = stakes.map(factorFor);
  for (let place = from; place < gridSize; place++) {
    let sum = 0;
    for (let index = 0; index < factors.length; index++) {
      const at = place * factors.length + index;
      const after = (won[at] ?? 0) * (factors[index] ?? 1);
      const kept = after > most ? most : after < least ? 0 : after;
      won[at] = kept;
      sum += kept;
    }
    const mean = sum / factors.length + reserve;
    if (mean > (peak[place] ?? 1)) {
      peak[place] = mean;
    }
  }
}
