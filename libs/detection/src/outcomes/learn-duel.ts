/** How often each of two models was right where exactly one of them was. */
export interface Duel {
  /** Names as the signal `disagreement` has them. */
  readonly models: readonly [string, string];
  readonly wins: readonly [number, number];
}

/** The duels of one stream, at most {@link mostDuels}. */
export interface Duels {
  readonly duels: readonly Duel[];
}

/** Later pairs of models are not followed. */
export const mostDuels = 8;

export const noDuels: Duels = { duels: [] };

/** Both answers to one question, and the truth. */
export interface DuelEvent {
  readonly models: readonly [string, string];
  readonly areRight: readonly [boolean, boolean];
}

/** Takes in one question that both models answered; only those count of which exactly one was right. */
export function learnDuel({ duels }: Duels, { models, areRight }: DuelEvent): Duels {
  if (areRight[0] === areRight[1] || models[0] === models[1]) {
    return { duels };
  }
  const at = duels.findIndex(
    ({ models: [a, b] }) => (a === models[0] && b === models[1]) || (a === models[1] && b === models[0]),
  );
  const known = duels[at];
  if (known === undefined) {
    const wins = areRight[0] ? ([1, 0] as const) : ([0, 1] as const);
    return duels.length < mostDuels ? { duels: [...duels, { models, wins }] } : { duels };
  }
  const winner = areRight[0] ? models[0] : models[1];
  const [one, other] = known.wins;
  const wins = winner === known.models[0] ? ([one + 1, other] as const) : ([one, other + 1] as const);
  return { duels: duels.map((duel, index) => (index === at ? { ...known, wins } : duel)) };
}

/** Evidence is not told beyond. */
const mostLog = Math.log(1e30);

/** Where a duel stands. */
export interface Standing {
  /** Null while the evidence is not enough. */
  readonly better: string | null;
  /** 1 at the start; if both are right equally often, it ever reaches A with a probability of at most 1/A. */
  readonly evidence: number;
  readonly needed: number;
}

/**
 * Who is more often right. The evidence is that of a bettor who learns the winner's share as it goes (the mixture over all
 * shares, each as likely beforehand by Jeffreys' rule) against an even coin.
 *
 * @param level with which probability a stream of equal models ever names one as better, over all its duels; in (0, 1)
 * @see Ville, Étude critique de la notion de collectif (1939); Krichevsky and Trofimov, The performance of universal
 *   encoding (1981); McNemar, Note on the sampling error of the difference between correlated proportions (1947)
 */
export function standingOf({ models, wins: [one, other] }: Duel, level: number): Standing {
  let log = 0;
  for (let win = 0; win < one; win++) {
    log += Math.log((2 * (win + 0.5)) / (win + 1));
  }
  for (let win = 0; win < other; win++) {
    log += Math.log((2 * (win + 0.5)) / (one + win + 1));
  }
  const evidence = Math.exp(Math.min(log, mostLog));
  const needed = mostDuels / level;
  return { better: evidence < needed ? null : one > other ? models[0] : models[1], evidence, needed };
}
