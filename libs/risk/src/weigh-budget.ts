import { usualPart } from './certificates/chains.ts';
import { keptBack, stakes } from './certificates/wealth.ts';
import { deltaOfEpoch, targetOf, type RiskSettings } from './risk-settings.ts';

/** What is asked of the budget. */
export interface BudgetQuestion {
  /** The epoch that is to be certified; counts from 1. */
  readonly epoch: number;
  /** The error rate that is expected above the threshold, in [0, 1]; null while nothing is known. */
  readonly expectedRisk: number | null;
  /** The share of the predictions that is to be released, in (0, 1]. */
  readonly coverage: number;
  /** The natural logarithm of the wealth that is there already; 0 at the start. */
  readonly logWealth: number;
  readonly predictionsPerDay: number;
}

/** Whether the budget can carry the target, with the numbers. */
export interface BudgetReport {
  readonly canCarry: boolean;
  /** Why not: `risk` is no smaller than the target; the `review` of what lies below the threshold takes the whole budget; it takes `time`, more than a year. */
  readonly because: 'risk' | 'review' | 'time' | null;
  /** Answers about predictions above the threshold that are still needed if none is an error. */
  readonly answersAtBest: number;
  /** The same at the expected risk; null where no number is enough. */
  readonly answersExpected: number | null;
  /** Drawn answers above the threshold a day, at the budget. */
  readonly answersPerDay: number;
  /** How long that takes; null where no time is enough. */
  readonly daysExpected: number | null;
  /** The share of all predictions that people then look at: all below the threshold, and the audits above. */
  readonly looksAfterwards: number;
}

/** A certificate that takes longer is none: the stream will have changed. */
const longestDays = 365;

/**
 * Tells whether the review budget can carry the target. A budget caps how fast certificates come, and never the target.
 *
 * The wealth that certifies the first threshold grows by a factor of `1 + stake * target / (1 - target)` with an answer
 * that is fine and shrinks by `1 - stake` with an error, so the answers needed are what is missing of its logarithm over the
 * mean growth at the best stake. It is a forecast, and stakes are mixed, so single streams need more or fewer.
 *
 * @see Kelly, A new interpretation of information rate (1956)
 */
export function weighBudget(settings: RiskSettings, question: BudgetQuestion): BudgetReport {
  const target = targetOf(settings);
  const missing = Math.max(0, -Math.log(usualPart * deltaOfEpoch(settings, question.epoch)) - question.logWealth);
  const answersAtBest = answersIfFine(missing, target);
  const risk = question.expectedRisk ?? 0;
  const expectedGrowth = growth(risk, target);
  const answersExpected =
    missing === 0 ? 0 : expectedGrowth > 0 ? Math.ceil((missing + hedged) / expectedGrowth) : null;
  const answersPerDay = Math.max(0, question.predictionsPerDay) * settings.reviewBudget * question.coverage;
  const daysExpected =
    answersExpected === null || (answersPerDay === 0 && answersExpected > 0)
      ? null
      : answersExpected === 0
        ? 0
        : answersExpected / answersPerDay;
  const below = 1 - question.coverage;
  const looksAfterwards = below + question.coverage * settings.auditProbability;
  const because =
    answersExpected === null
      ? 'risk'
      : daysExpected === null || daysExpected > longestDays
        ? 'time'
        : below > settings.reviewBudget
          ? 'review'
          : null;
  return {
    canCarry: because === null,
    because,
    answersAtBest,
    answersExpected,
    answersPerDay,
    daysExpected,
    looksAfterwards,
  };
}

/** What it costs, by logarithm, that nobody knows the best stake and some is kept back. */
const hedged = Math.log(stakes.length / (1 - keptBack));

/** After so many answers, all fine, the mean over the stakes has grown by a factor whose logarithm is given. */
function answersIfFine(logFactor: number, target: number): number {
  let most = 1;
  while (most < 1e12 && logMean(most, target) < logFactor) {
    most *= 2;
  }
  let least = 0;
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (logMean(middle, target) < logFactor) {
      least = middle;
    } else {
      most = middle;
    }
  }
  return logFactor <= 0 ? 0 : most;
}

function logMean(answers: number, target: number): number {
  const logs = stakes.map((stake) => answers * Math.log1p((stake * target) / (1 - target)));
  const top = Math.max(...logs);
  const mean = logs.reduce((sum, log) => sum + Math.exp(log - top), 0) / stakes.length;
  return top + Math.log((1 - keptBack) * mean);
}

/** The mean growth of the logarithm of the wealth with one answer, at the best stake. */
function growth(risk: number, target: number): number {
  return Math.max(
    ...stakes.map((stake) => (1 - risk) * Math.log1p((stake * target) / (1 - target)) + risk * Math.log1p(-stake)),
  );
}
