import type { Policy } from '@watchfloor/contracts';
import type { RiskSettings } from '@watchfloor/risk';
import { defaultRiskSettings } from '@watchfloor/risk';

/** What a policy says about risk, as risk control reads it. */
export function riskSettingsOf({ risk, detectors }: Pick<Policy, 'risk' | 'detectors'>): RiskSettings {
  return { ...defaultRiskSettings, ...risk, auditProbability: detectors['audit-sample'].probability };
}
