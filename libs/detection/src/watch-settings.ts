import type { AlarmSettings, Autonomy, DetectorSettings } from '@watchfloor/contracts';
import type { AuditPlan } from './audit-plan.ts';
import type { AuditKey } from './statistics/audit-draw.ts';

/** What of a stream's policy its watch must know. */
export interface WatchSettings {
  readonly streamName: string;
  /** Goes into every signal. */
  readonly policyVersion: number;
  /** Does not change what is detected; what becomes of a signal is decided by its reader. */
  readonly autonomy: Autonomy;
  /** The declared labels; empty means: as seen. */
  readonly labels: readonly string[];
  /** How many window flags a week are wanted. */
  readonly alarms: AlarmSettings;
  readonly detectors: DetectorSettings;
  /** The secret behind the draws of the audit. */
  readonly auditKey: AuditKey;
  /** Null leaves every prediction its chance of the policy. */
  readonly auditPlan: AuditPlan | null;
}
