import type { Minute } from '@watchfloor/contracts';

/** Fewer minutes than this say nothing about what is usual. */
const enoughMinutes = 5;

/**
 * Where a stream's figure usually lies: between the middle of its minutes' lower tenths and the middle of their upper
 * tenths. Medians, so that a bad quarter of an hour does not move what is called normal.
 *
 * @param minutes oldest first; those without predictions or figures are left out
 * @returns null while fewer than five minutes are known
 */
export function usualBand(
  minutes: readonly Pick<Minute, 'predictions' | 'confidence' | 'value'>[],
): { low: number; high: number } | null {
  const quantiles = minutes
    .filter(({ predictions }) => predictions > 0)
    .map(({ confidence, value }) => confidence ?? value)
    .filter((figures) => figures !== null);
  if (quantiles.length < enoughMinutes) {
    return null;
  }
  return { low: median(quantiles.map(({ p10 }) => p10)), high: median(quantiles.map(({ p90 }) => p90)) };
}

/** @param values at least one */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
