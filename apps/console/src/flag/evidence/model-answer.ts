import type { Prediction } from '@watchfloor/contracts';

/** One label and its probability, as a bar. */
export interface ScoreBar {
  readonly label: string;
  readonly score: number;
  /** Length of the bar as a share of the whole, in [0, 1]. */
  readonly length: number;
  readonly isModel: boolean;
}

export interface ScoreBars {
  readonly bars: readonly ScoreBar[];
  readonly leftOut: number;
}

const barsAtMost = 10;

/** The likeliest labels first; the model's own answer is always among them. */
export function scoreBars({ label, scores }: Pick<Prediction, 'label' | 'scores'>): ScoreBars {
  const sorted = Object.entries(scores ?? {})
    .map(([name, score]) => ({ label: name, score, isModel: name === label, length: clamp(score) }))
    .sort((a, b) => (Number.isFinite(b.score) ? b.score : -1) - (Number.isFinite(a.score) ? a.score : -1));
  const top = sorted.slice(0, barsAtMost);
  const own = sorted.find(({ isModel }) => isModel);
  const bars = own === undefined || top.includes(own) ? top : [...top.slice(0, -1), own];
  return { bars, leftOut: sorted.length - bars.length };
}

/** Where a value and its interval lie on a line, as shares of it. */
export interface IntervalLine {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** @returns null where there is no interval to draw */
export function intervalLine({ value, interval }: Pick<Prediction, 'value' | 'interval'>): IntervalLine | null {
  if (value === undefined || interval === undefined || ![value, ...interval].every(Number.isFinite)) {
    return null;
  }
  const low = Math.min(value, ...interval);
  const high = Math.max(value, ...interval);
  if (low === high) {
    return null;
  }
  const air = (high - low) * 0.1;
  const place = (point: number) => (point - low + air) / (high - low + 2 * air);
  return {
    from: place(Math.min(...interval)),
    to: place(Math.max(...interval)),
    value: place(value),
    low: Math.min(...interval),
    high: Math.max(...interval),
  };
}

function clamp(score: number): number {
  return Number.isFinite(score) ? Math.min(1, Math.max(0, score)) : 0;
}
