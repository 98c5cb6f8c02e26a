import { isFull } from './certificates/answer-queue.ts';
import { driftEvidence } from './certificates/drift-alarm.ts';
import { shareFrom } from './bands.ts';
import type { RiskControl } from './risk-control.ts';
import type { RiskSettings } from './risk-settings.ts';

/** What is done with the next prediction. */
export interface LookPlan {
  /**
   * `learning-grid`: the confidences of the first predictions are gathered. `review-first`: answers come at the higher
   * rate. `auditing`: something is certified, and what is released is audited at the lower rate.
   */
  readonly phase: 'learning-grid' | 'review-first' | 'auditing';
  /** The lowest confidence that is certified; null while none is. */
  readonly certified: number | null;
  /** The chance, in [0, 1], with which a prediction that reaches `certified` is drawn; of any while none is certified. */
  readonly probabilityAbove: number;
  /** The same of one below `certified`. People review those anyway; drawn ones are adjudicated. */
  readonly probabilityBelow: number;
  /** The smallest of the probabilities in force. */
  readonly least: number;
  /** Whether drawing pauses, as too many draws are unanswered. */
  readonly isBacklogged: boolean;
}

/** While audits are raised, so many times the usual share is audited. */
const raisedBy = 4;

/** Evidence of a risen risk from which on audits are doubled, and from which on as much is drawn as at first. */
const suspectFrom = 200;
const alarmedFrom = 1_000;

/** A smaller share of audits would find nothing in time; it is kept even where the budget has no room for it. */
const leastAudit = 0.005;

/** What is done with the next prediction; it changes only when a prediction arrives or an answer is taken. */
export function lookPlan(control: RiskControl, settings: RiskSettings): LookPlan {
  const isBacklogged = isFull(control.queue);
  const certified = control.grid[control.certified] ?? null;
  const first = settings.reviewBudget > 0 ? atLeast(leastAudit, settings.reviewBudget) : 0;
  if (certified === null || control.answers < settings.reviewFirst) {
    const phase = control.grid.length === 0 ? 'learning-grid' : 'review-first';
    return even(phase, certified, isBacklogged ? 0 : first, isBacklogged);
  }
  if (isBacklogged) {
    return even('auditing', certified, 0, isBacklogged);
  }
  const above = auditProbability(control, settings);
  return { phase: 'auditing', certified, probabilityAbove: above, probabilityBelow: 1, least: above, isBacklogged };
}

function even(
  phase: LookPlan['phase'],
  certified: number | null,
  probability: number,
  isBacklogged: boolean,
): LookPlan {
  return {
    phase,
    certified,
    probabilityAbove: probability,
    probabilityBelow: probability,
    least: probability,
    isBacklogged,
  };
}

/**
 * As much as is wanted, as far as the budget goes after those below the threshold were reviewed. More is drawn while a rise
 * is suspected: it is found sooner, and chance still chooses.
 */
function auditProbability(control: RiskControl, settings: RiskSettings): number {
  const { auditProbability: wanted, reviewBudget } = settings;
  const coverage = shareFrom(control.bands.arrived, control.certified);
  const left = (reviewBudget - (1 - coverage)) / Math.max(coverage, 1e-6);
  const evidence = driftEvidence(control.drift);
  const raised = control.raisedFor > 0 ? raisedBy : evidence >= suspectFrom ? raisedBy : 1;
  return atLeast(leastAudit, Math.min(evidence >= alarmedFrom ? 1 : wanted * raised, left));
}

function atLeast(least: number, probability: number): number {
  return probability > least ? Math.min(1, probability) : least;
}
