import { confidenceBins, type ConfidenceBin, type SignalKind } from '@watchfloor/contracts';
import { addAnswer, noErrors, type WeightedErrors } from './weighted-errors.ts';
import type { KnownTruth } from './what-if-side.ts';

interface Stretch {
  predictions: number;
  flaggedOtherwise: number;
  readonly passed: WeightedErrors;
}

/** Counts by confidence, of predictions whose confidence is one. */
export type ConfidenceCounts = Stretch[];

export function noConfidences(): ConfidenceCounts {
  return Array.from({ length: confidenceBins }, () => ({ predictions: 0, flaggedOtherwise: 0, passed: noErrors() }));
}

/** @returns whether it had a confidence in [0, 1] */
export function countConfidence(
  counts: ConfidenceCounts,
  confidence: number,
  kinds: readonly SignalKind[],
  { audit }: KnownTruth,
): boolean {
  const stretch =
    confidence >= 0 ? counts[Math.min(confidenceBins - 1, Math.floor(confidence * confidenceBins))] : undefined;
  if (stretch === undefined || confidence > 1) {
    return false;
  }
  stretch.predictions++;
  if (kinds.some((kind) => kind !== 'low-confidence' && kind !== 'audit-sample')) {
    stretch.flaggedOtherwise++;
  } else if (audit !== null) {
    addAnswer(stretch.passed, audit.probability, audit.isError);
  }
  return true;
}

export function confidenceBinsOf(counts: ConfidenceCounts): ConfidenceBin[] {
  return counts.map(({ predictions, flaggedOtherwise, passed }, index) => ({
    from: index / confidenceBins,
    to: (index + 1) / confidenceBins,
    predictions,
    flaggedOtherwise,
    ...passed,
  }));
}
