import type { WatchSettings } from './watch-settings.ts';

/** With which chance predictions are drawn for the audit, by their confidence. Fixed before the next prediction is seen. */
export interface AuditPlan {
  /** The lowest confidence that is certified; null while none is. */
  readonly certified: number | null;
  /** The chance, in [0, 1], of a prediction that reaches `certified`, and of any while none is certified. */
  readonly above: number;
  /** The chance, in [0, 1], of a prediction below it. */
  readonly below: number;
}

/**
 * The chance with which a prediction is drawn for the audit.
 *
 * @param confidence the model's own; what is no number reaches no threshold
 * @returns in [0, 1]; null while the stream has no audit sample
 */
export function auditChance({ detectors, auditPlan }: WatchSettings, confidence: number): number | null {
  const { enabled, probability } = detectors['audit-sample'];
  if (!enabled) {
    return null;
  }
  if (auditPlan === null) {
    return probability;
  }
  const { certified, above, below } = auditPlan;
  return certified === null || confidence >= certified ? above : below;
}
