export { whatDiffers, type Described, type Difference } from './differences/what-differs.ts';
export { auditChance, type AuditPlan } from './audit-plan.ts';
export type { Learning } from './learning.ts';
export type { Finding } from './finding.ts';
export { otherLabelsName } from './minute-roll-up.ts';
export { loadWatch, saveWatch } from './saved-watch.ts';
export { confidenceOf } from './sighting.ts';
export { scoreRow, scoreRows } from './series/score-rows.ts';
export { loadSeries, saveSeries } from './series/saved-series.ts';
export {
  seriesLearning,
  startSeries,
  watchValue,
  type SeriesLearning,
  type SeriesWatch,
} from './series/series-watch.ts';
export { auditDraw, auditKey, wasAudited, type AuditKey } from './statistics/audit-draw.ts';
export { skippedAudits, type AuditFault, type RecordedDraw, type SkippedAudit } from './statistics/skipped-audits.ts';
export { standingFlags, weekEvidence, type FlagEvidence } from './standing-flags.ts';
export { startWatch, type StreamWatch } from './stream-watch.ts';
export { watchClock } from './watch-clock.ts';
export { alarmFigures, watchFigures, type AlarmFigures, type WatchFigures } from './watch-figures.ts';
export { watchPrediction } from './watch-prediction.ts';
export type { WatchSettings } from './watch-settings.ts';
export { estimate, type WeightedErrors } from './what-if/weighted-errors.ts';
export type { KnownTruth } from './what-if/what-if-side.ts';
export {
  replay,
  startWhatIf,
  warmUp,
  whatIfResult,
  type ReplayedPrediction,
  type StoredWindows,
  type WhatIf,
  type WhatIfBefore,
} from './what-if/what-if.ts';
export {
  learnDuel,
  mostDuels,
  noDuels,
  standingOf,
  type Duel,
  type DuelEvent,
  type Duels,
  type Standing,
} from './outcomes/learn-duel.ts';
export {
  learnOutcome,
  loadOutcomeWatch,
  outcomeEvent,
  saveOutcomeWatch,
  segmentRates,
  startOutcomeWatch,
  type OutcomeEvent,
  type OutcomeWatch,
  type SegmentRate,
} from './outcomes/learn-outcome.ts';
