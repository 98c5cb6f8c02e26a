import type { Quantiles, Signal } from '@watchfloor/contracts';

/** One label's share of the answers, before and after. */
export interface LabelShift {
  readonly label: string;
  readonly before: number;
  readonly after: number;
}

/** What changed over a window, if the signal says so. */
export type Shift =
  | { readonly is: 'labels'; readonly labels: readonly LabelShift[] }
  | {
      readonly is: 'quantiles';
      readonly before: Quantiles;
      readonly after: Quantiles;
      /** Ends of the line that both are drawn on. */
      readonly low: number;
      readonly high: number;
    };

/** Which parts of the evidence a shift is made of; the rest is shown as figures. */
export const shiftKeys: ReadonlySet<string> = new Set(['grew', 'shrank', 'before', 'after']);

/** Reads the shift out of a signal's evidence. @returns null where it holds none that can be drawn */
export function shiftIn({ kind, evidence }: Pick<Signal, 'kind' | 'evidence'>): Shift | null {
  const grew = listOf(evidence.grew).filter(isLabelShift);
  const shrank = listOf(evidence.shrank).filter(isLabelShift);
  if (grew.length + shrank.length > 0) {
    return { is: 'labels', labels: [...grew, ...shrank].sort((a, b) => moved(b) - moved(a)) };
  }
  const { before, after } = evidence;
  if (!isQuantiles(before) || !isQuantiles(after)) {
    return null;
  }
  const ends = [before.p10, before.p90, after.p10, after.p90];
  const high = Math.max(...ends);
  const isShare = kind === 'confidence-shift';
  return {
    is: 'quantiles',
    before,
    after,
    low: isShare ? 0 : Math.min(0, ...ends),
    high: isShare ? 1 : high * 1.1 || 1,
  };
}

function moved({ before, after }: LabelShift): number {
  return Math.abs(after - before);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isLabelShift(value: unknown): value is LabelShift {
  return isRecord(value) && typeof value.label === 'string' && isShare(value.before) && isShare(value.after);
}

function isQuantiles(value: unknown): value is Quantiles {
  return isRecord(value) && [value.p10, value.p50, value.p90].every(Number.isFinite);
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
