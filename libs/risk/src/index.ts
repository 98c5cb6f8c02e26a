export { adjudicate, other, type Adjudication, type Looks, type Said } from './adjudicate.ts';
export { answer, type Certified, type Renewed, type Revoked, type RiskEvent } from './answer.ts';
export { arrive, raiseAudits, type Arrival, type Ticket } from './arrive.ts';
export { importHistory, type PastPrediction } from './import-history.ts';
export {
  calibrated,
  calibrationTemperature,
  learnCalibration,
  loadCalibration,
  reliability,
  saveCalibration,
  startCalibration,
  type Calibration,
  type Reviewed,
} from './calibration/calibration.ts';
export type { ReliabilityBin } from './calibration/reliability.ts';
export { lookPlan, type LookPlan } from './look-plan.ts';
export { needsNewEpoch, startEpoch, startRiskControl, type RiskControl } from './risk-control.ts';
export {
  confusionOf,
  fuse,
  learnLooks,
  loadReviewers,
  mostReviewedLabels,
  saveReviewers,
  startReviewers,
  suggestion,
  worthOfLook,
  type ReviewerModel,
  type Suggestion,
} from './reviewers/reviewer-model.ts';
export { riskFigures, type RiskFigures, type ThresholdFigures } from './risk-figures.ts';
export { riskInterval, type RateInterval } from './risk-interval.ts';
export { defaultRiskSettings, type RiskSettings } from './risk-settings.ts';
export { loadRiskControl, saveRiskControl } from './saved-risk-control.ts';
export { weighBudget, type BudgetQuestion, type BudgetReport } from './weigh-budget.ts';
