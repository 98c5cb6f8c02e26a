import type { Policy } from '@watchfloor/contracts';
import type { AuditPlan } from '@watchfloor/detection';
import type { RiskControl, RiskFigures, RiskSettings } from '@watchfloor/risk';
import { lookPlan, riskFigures } from '@watchfloor/risk';

/**
 * What should hold for the predictions to come: the certified confidence, if the review budget carries all that lies below it,
 * and the chances of the audit draw. More than the policy's own share is drawn only once people answer audits, only while
 * nothing is certified (or the confidences have changed), and only as far as the budget goes after what is flagged anyway.
 *
 * @param flaggedShare of the latest predictions, by anything but chance
 * @returns null to leave everything to the policy
 */
export function plannedAudits(
  control: RiskControl,
  settings: RiskSettings,
  policy: Pick<Policy, 'autonomy' | 'detectors'>,
  flaggedShare: number,
): AuditPlan | null {
  const { enabled, probability: own } = policy.detectors['audit-sample'];
  if (!enabled || own === 0) return null;
  const look = lookPlan(control, settings);
  // The figures cost much, and most streams have nothing certified.
  const certified = look.certified === null ? null : steeringThreshold(riskFigures(control, settings), settings);
  if (certified !== null && look.phase === 'auditing') {
    const above = Math.max(own, look.probabilityAbove);
    // Nobody looks at what lies below, where the model acts alone: then it is drawn like the rest.
    const below = policy.autonomy === 'autonomous' ? above : Math.max(own, look.probabilityBelow);
    return { certified, above, below };
  }
  const left = (settings.reviewBudget - flaggedShare) / (1 - Math.min(0.999, flaggedShare));
  const wanted = control.answers === 0 ? own : Math.max(own, Math.min(look.probabilityAbove, left));
  return certified === null && wanted === own ? null : { certified, above: wanted, below: wanted };
}

/** The certified confidence, if it may steer: the budget carries the review of all that lies below it. */
export function steeringThreshold(
  { plan, coverage }: Pick<RiskFigures, 'plan' | 'coverage'>,
  { reviewBudget }: Pick<RiskSettings, 'reviewBudget'>,
): number | null {
  return plan.certified !== null && coverage !== null && 1 - coverage <= reviewBudget ? plan.certified : null;
}

/** Whether a plan is worth a change: another threshold, or a chance that differs by a fifth. */
export function isOtherPlan(now: AuditPlan | null, wanted: AuditPlan | null): boolean {
  if (now === null || wanted === null) return now !== wanted;
  return now.certified !== wanted.certified || differs(now.above, wanted.above) || differs(now.below, wanted.below);
}

/** Whether two plans are the very same. */
export function isSamePlan(one: AuditPlan | null, other: AuditPlan | null): boolean {
  return one?.certified === other?.certified && one?.above === other?.above && one?.below === other?.below;
}

function differs(one: number, other: number): boolean {
  return Math.abs(one - other) > 0.2 * Math.max(one, other);
}
