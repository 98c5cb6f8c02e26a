import { niceTop } from '../parts/nice-top.ts';

/** How high a chart of error rates reaches: over every estimate and the target, but not over intervals that say nothing yet. */
export function riskTop(points: readonly { readonly rate: number | null; readonly high: number }[], target: number) {
  const rates = points.map(({ rate }) => rate ?? 0);
  const intervals = points.map(({ high }) => high).filter((high) => high < 5 * target);
  return Math.min(1, niceTop(Math.max(2 * target, ...rates, ...intervals)));
}
