/** The shares of the possible stake that are bet side by side. */
const stakes = [0.2, 0.5, 0.8] as const;

/** The evidence from which on fused answers are shown. */
const shownFrom = 10;

/** Keeps the way back short should fusing cease to help. */
const most = 1_000;

/**
 * Whether fusing a person's answer with the model's helps, by the only judge there is: where the fused answer differs from
 * the first person's, a second person, who knows neither, sides with one of them. While they side with the fused answer
 * no more often than with the first person's, the bets do not grow, and reach the height from which fused answers are shown with
 * a chance of 1 in 10 at most.
 */
export interface Helpfulness {
  readonly won: number[];
}

export function startHelpfulness(): Helpfulness {
  return { won: stakes.map(() => 1) };
}

/** Takes in a second look where the fused answer and the first one differ. */
export function judge({ won }: Helpfulness, fused: number, first: number, second: number): void {
  if (fused === first || (second !== fused && second !== first)) {
    return;
  }
  stakes.forEach((stake, index) => {
    const factor = second === fused ? 1 + stake : 1 - stake;
    won[index] = Math.min(most, Math.max(1e-6, (won[index] ?? 1) * factor));
  });
}

export function helps({ won }: Helpfulness): boolean {
  return won.reduce((total, one) => total + one, 0) / won.length >= shownFrom;
}
