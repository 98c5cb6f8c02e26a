import type { Bands } from './risk-control.ts';

/** The share of the arrived that reach the threshold at a place, in [0, 1]; 0 while none arrived. */
export function shareFrom(arrived: readonly number[], place: number): number {
  // Asked with each prediction.
  let all = 0;
  let above = 0;
  for (let band = 0; band < arrived.length; band++) {
    const count = arrived[band] ?? 0;
    all += count;
    above += band <= place ? count : 0;
  }
  return all === 0 ? 0 : above / all;
}

/** What the answers say of the risk above a threshold. */
export interface RiskAbove {
  /** Answers above the threshold. */
  readonly answers: number;
  readonly errors: number;
  /** The estimated risk, in [0, 1]; each band counts with its share of the predictions, whatever share of it was drawn. */
  readonly rate: number | null;
  /** How many answers of an even draw would say as much; in [0, answers] but for rounding. */
  readonly effective: number;
}

/** @see Cochran, Sampling Techniques (1977), on stratified estimates */
export function riskAbove({ arrived, answered, errors }: Bands, place: number): RiskAbove {
  const weights = arrived.slice(0, place + 1);
  const all = sum(weights);
  const counts = { answers: sum(answered.slice(0, place + 1)), errors: sum(errors.slice(0, place + 1)) };
  if (all === 0 || counts.answers === 0) {
    return { ...counts, rate: null, effective: 0 };
  }
  let rate = 0;
  let variance = 0;
  weights.forEach((weight, band) => {
    const share = weight / all;
    const n = answered[band] ?? 0;
    const k = errors[band] ?? 0;
    // A band without answers may hold anything: half, until an answer says more.
    rate += share * (n === 0 ? 0.5 : k / n);
    const smooth = (k + 0.5) / (n + 1);
    variance += (share ** 2 * smooth * (1 - smooth)) / Math.max(n, 0.5);
  });
  const smooth = (rate * counts.answers + 0.5) / (counts.answers + 1);
  return { ...counts, rate, effective: Math.min(counts.answers, (smooth * (1 - smooth)) / variance) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
