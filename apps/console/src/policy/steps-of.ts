import type { RiskPlan } from '@watchfloor/contracts';
import type { ChartPoint } from '../parts/chart-types.ts';

const dayMs = 86_400_000;

/** Plans as corners of steps: each holds until the next, the last until now. */
export function stepsOf(
  history: readonly Pick<RiskPlan, 'at' | 'certified' | 'above'>[],
  untilMs: number,
): { readonly points: readonly ChartPoint[]; readonly from: number } {
  const points = history.flatMap(({ at, certified, above }, index) => {
    const end = history[index + 1]?.at;
    const corner = { certified, audited: above };
    return [
      { at: Date.parse(at), ...corner },
      { at: end === undefined ? untilMs : Date.parse(end), ...corner },
    ];
  });
  return { points, from: Math.min(points[0]?.at ?? untilMs - dayMs, untilMs - 60_000) };
}
