import type { Signal, SignalKind } from '@watchfloor/contracts';

/** An observed figure and what it was held against, on one line. Places are shares of the line's length, in [0, 1]. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly observed: number;
  readonly threshold: number;
  /** The stretch on which a detector speaks. */
  readonly odd: { readonly from: number; readonly to: number };
  readonly isLogarithmic: boolean;
}

type Side = 'below' | 'above';

/** On which side of its threshold a signal speaks; null where the figures do not lie on one line. */
const sides: Record<SignalKind, Side | null> = {
  malformed: null,
  rule: null,
  'low-confidence': 'below',
  'small-margin': 'below',
  'wide-interval': 'above',
  'audit-sample': null,
  novelty: 'below',
  disagreement: null,
  'second-look': null,
  'confidence-shift': 'above',
  'label-shift': 'above',
  'segment-shift': 'above',
  'latency-shift': 'above',
  silence: 'above',
  burst: 'above',
  disparity: 'above',
  'unusual-value': 'above',
  'unusual-rate': 'above',
  repeated: 'above',
  backlog: 'above',
};

const shares: ReadonlySet<SignalKind> = new Set<SignalKind>(['low-confidence', 'small-margin']);

/**
 * Where a signal's figures lie. Probabilities are drawn from 0 to 1, other figures from 0 to a quarter beyond the larger;
 * figures more than fifty times apart by their logarithms.
 *
 * @returns null where a line would say nothing
 */
export function scaleOf({ kind, score, threshold }: Pick<Signal, 'kind' | 'score' | 'threshold'>): Scale | null {
  const side = sides[kind];
  if (side === null || !Number.isFinite(score) || !Number.isFinite(threshold) || score < 0 || threshold < 0) {
    return null;
  }
  if (shares.has(kind) && score <= 1 && threshold <= 1) {
    return scaleFrom(0, 1, score, threshold, side, false);
  }
  const larger = Math.max(score, threshold);
  const smaller = Math.min(score, threshold);
  if (larger === 0) {
    return null;
  }
  return smaller > 1e-200 && larger / smaller > 50
    ? scaleFrom(smaller / 3, larger * 3, score, threshold, side, true)
    : scaleFrom(0, larger * 1.25, score, threshold, side, false);
}

function scaleFrom(
  low: number,
  high: number,
  score: number,
  threshold: number,
  side: Side,
  isLogarithmic: boolean,
): Scale {
  const place = (value: number): number => {
    const share = isLogarithmic
      ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
      : (value - low) / (high - low);
    return Math.min(1, Math.max(0, share));
  };
  const at = place(threshold);
  return {
    low,
    high,
    observed: place(score),
    threshold: at,
    odd: side === 'below' ? { from: 0, to: at } : { from: at, to: 1 },
    isLogarithmic,
  };
}
