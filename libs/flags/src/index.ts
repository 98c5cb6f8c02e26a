export { causeGroupOf, causeGroups, type CauseGroup } from './cause.ts';
export { claim, renew, type Grant } from './claim.ts';
export { expire, wake } from './come-back.ts';
export { comment } from './comment.ts';
export {
  deriveVerdict,
  isSameValue,
  questionOf,
  valueTolerance,
  type AnswerRules,
  type Derived,
  type Question,
  type Said,
} from './derive-verdict.ts';
export { isRuled, isSampled, priorityOfFound, type Findings, type FoundPrediction } from './findings.ts';
export {
  isUnanswered,
  liveClaim,
  type Answered,
  type Attempt,
  type Claim,
  type FlagLife,
  type PredictionSubject,
  type SecondLook,
  type Stage,
  type WindowSubject,
} from './flag-life.ts';
export { inWords, spanInWords } from './in-words.ts';
export { answeredQuietSeconds, join, stillGathers } from './join.ts';
export { lapse } from './lapse.ts';
export { escalate, maxSnoozeSeconds, release, skip, snooze } from './let-go.ts';
export { needsWindowFlags, plan, type Floor, type Gathering, type Plan } from './plan.ts';
export { grownPriority, itemsPerStep, mostUrgent, priorityByKind, priorityOf, stepUp } from './priority.ts';
export { compareInQueue, type QueuePlace } from './queue-order.ts';
export { raiseOnPrediction, raiseOnWindow } from './raise.ts';
export { auditTurn, isErrorByBoth, raiseSecondLook, withdraw, type AuditTurn } from './second-look.ts';
export { answer, settle, supersede, type Given, type ReviewRules } from './settle.ts';
export { undo } from './undo.ts';
