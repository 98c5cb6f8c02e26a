import { riskInterval, type RateInterval } from '../risk-interval.ts';

/** How many bins a reliability diagram has. */
export const reliabilityBins = 10;

/** Per bin of the confidence: how many were reviewed, the sum of their confidences, and how many the model got right. */
export interface ReliabilityCounts {
  readonly answers: number[];
  readonly confidences: number[];
  readonly right: number[];
}

/** One bar of a reliability diagram. A calibrated model is right as often as it is confident. */
export interface ReliabilityBin extends RateInterval {
  /** The confidences of the bin, from here on ... */
  readonly from: number;
  /** ... and below this (the last bin holds 1 as well). */
  readonly to: number;
  readonly answers: number;
  /** The mean confidence of the reviewed; null where there are none. */
  readonly confidence: number | null;
  /** The share that the model got right; null where there are none. `low` and `high` hold the true one at all times. */
  readonly right: number | null;
}

export function startReliability(): ReliabilityCounts {
  const zeros = () => new Array<number>(reliabilityBins).fill(0);
  return { answers: zeros(), confidences: zeros(), right: zeros() };
}

/** Takes in a reviewed prediction. Within a bin all count alike: among those of one confidence, chance drew. */
export function learnReliability(counts: ReliabilityCounts, confidence: number, isRight: boolean): void {
  if (!(confidence >= 0 && confidence <= 1)) {
    return;
  }
  const bin = Math.min(reliabilityBins - 1, Math.floor(confidence * reliabilityBins));
  counts.answers[bin] = (counts.answers[bin] ?? 0) + 1;
  counts.confidences[bin] = (counts.confidences[bin] ?? 0) + confidence;
  counts.right[bin] = (counts.right[bin] ?? 0) + (isRight ? 1 : 0);
}

/** @param delta the chance that the interval of a bin is ever wrong, in (0, 1); 0.1 by default */
export function reliabilityOf({ answers, confidences, right }: ReliabilityCounts, delta = 0.1): ReliabilityBin[] {
  return answers.map((count, bin) => ({
    from: bin / reliabilityBins,
    to: (bin + 1) / reliabilityBins,
    answers: count,
    confidence: count === 0 ? null : (confidences[bin] ?? 0) / count,
    right: count === 0 ? null : (right[bin] ?? 0) / count,
    ...riskInterval(right[bin] ?? 0, count, delta),
  }));
}
