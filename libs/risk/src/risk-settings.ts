/** What an owner promises of a stream, and what may be spent on it. */
export interface RiskSettings {
  /** The error rate that is not to be exceeded among what is released without a human, in (0, 1). */
  readonly target: number;
  /** How sure that is to be, in (0, 1): the chance that a false certificate is ever given is at most one minus it. */
  readonly confidence: number;
  /** The share of the predictions that people can look at, in [0, 1]. It caps how much is asked, never `target`. */
  readonly reviewBudget: number;
  /** The share of the released predictions that is audited, in (0, 1], as far as the budget goes. */
  readonly auditProbability: number;
  /** So many answers of an epoch are gathered at the higher rate before auditing goes down to `auditProbability`. */
  readonly reviewFirst: number;
  /** Whether the confidence holds for all epochs of a stream together, or for each by itself. */
  readonly spend: 'all-epochs' | 'each-epoch';
}

/** What a policy does not say. */
export const defaultRiskSettings = {
  auditProbability: 0.05,
  reviewFirst: 1_000,
  spend: 'all-epochs',
} as const satisfies Partial<RiskSettings>;

/**
 * The chance of a false certificate that one epoch may spend.
 *
 * @param epoch counts from 1
 * @returns in (0, 1); over all epochs the parts add up to one minus the confidence, where all together are meant
 */
export function deltaOfEpoch({ confidence, spend }: Pick<RiskSettings, 'confidence' | 'spend'>, epoch: number): number {
  const delta = within(1e-9, 1 - confidence, 1 - 1e-9);
  // The inverse squares add up to pi^2 / 6.
  return spend === 'each-epoch' ? delta : (6 * delta) / (Math.PI ** 2 * epoch ** 2);
}

/** The target as the mathematics can take it: strictly between 0 and 1; the strictest for what is no number. */
export function targetOf({ target }: Pick<RiskSettings, 'target'>): number {
  return within(1e-6, target, 0.999);
}

function within(least: number, number: number, most: number): number {
  return number > least ? Math.min(number, most) : least;
}
