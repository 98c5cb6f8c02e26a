import type { Policy, RiskHindrance } from '@watchfloor/contracts';
import type { RiskFigures } from '@watchfloor/risk';

/** The first reason why no certificate steers the stream; `nothing` while one does. */
export function hindranceOf(
  { plan, seen, answers, coverage }: Pick<RiskFigures, 'plan' | 'seen' | 'answers' | 'coverage'>,
  { risk, detectors }: Pick<Policy, 'risk' | 'detectors'>,
): RiskHindrance {
  const audits = detectors['audit-sample'];
  if (!audits.enabled || audits.probability === 0) return 'audits-off';
  if (plan.certified !== null && coverage !== null) return 1 - coverage <= risk.reviewBudget ? 'nothing' : 'budget';
  if (seen === 0) return 'no-confidence';
  if (plan.phase === 'learning-grid') return 'learning';
  return plan.isBacklogged && answers === 0 ? 'backlog' : 'answers';
}
