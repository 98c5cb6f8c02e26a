/** How many times the target the risk may have risen to, each weighed by a sum of its own. */
const rises = [1.3, 1.6, 2, 3, 5] as const;

/** The evidence at which certificates are revoked: a false alarm comes after so many audited answers on average, or more. */
export const revokeAt = 10_000;

/**
 * The evidence that the risk among what is released has risen above the target since some unknown moment: one
 * Shiryaev-Roberts sum for each risk it may have risen to. While the risk stays at the target or below, a sum grows by at
 * most 1 an answer on average, so the mean of them reaches A only after A answers or more on average.
 *
 * @see Roberts (1966); Shin, Ramdas and Rinaldo, E-detectors (2023)
 */
export interface DriftAlarm {
  readonly sums: number[];
}

export function startDriftAlarm(): DriftAlarm {
  return { sums: rises.map(() => 0) };
}

/** Takes in an audited answer about a released prediction. */
export function weighAudit({ sums }: DriftAlarm, isError: boolean, target: number): void {
  rises.forEach((rise, index) => {
    const risen = Math.min(rise * target, (1 + target) / 2);
    const ratio = isError ? risen / target : (1 - risen) / (1 - target);
    sums[index] = Math.min(1e200, (1 + (sums[index] ?? 0)) * ratio);
  });
}

/** The mean of the sums, at least 0. */
export function driftEvidence({ sums }: DriftAlarm): number {
  let total = 0;
  for (const sum of sums) {
    total += sum;
  }
  return total / sums.length;
}
