import type { Policy, RiskHindrance } from '@watchfloor/contracts';
import type { BudgetReport, RiskFigures } from '@watchfloor/risk';

/** What the sentences are made from. */
export interface RiskState {
  readonly policy: Pick<Policy, 'risk' | 'detectors'>;
  readonly figures: RiskFigures;
  readonly hindrance: RiskHindrance;
  readonly budget: BudgetReport;
}

/** What holds now, what is missing, and what the budget can carry: plain sentences with the numbers. */
export function riskWords(state: RiskState): string[] {
  return [promiseWords(state), hindranceWords(state), ...missingWords(state)].filter((words) => words !== '');
}

function promiseWords({ policy: { risk }, figures }: RiskState): string {
  const target = `at most ${percent(risk.target)} of what is released without a person is wrong, ${percent(risk.confidence)} sure`;
  const { certified } = figures.plan;
  return certified === null
    ? `Asked for: ${target}. Nothing is certified yet.`
    : `Certified: from a confidence of ${certified.toPrecision(3)} on, ${percent(figures.coverage ?? 0)} of the stream, ${target}. An error is one on which a second person, blind to the first, agrees.`;
}

function hindranceWords({ hindrance, policy, figures }: RiskState): string {
  const { threshold, share } = policy.detectors['low-confidence'];
  const own =
    threshold === null
      ? `the policy’s own settings hold: the least sure ${percent(share)} are flagged`
      : `the policy’s own threshold holds: everything below ${percent(threshold)} is flagged`;
  switch (hindrance) {
    case 'nothing':
      return `It is in force: everything below is flagged, and ${percent(figures.plan.probabilityAbove)} of what is above is audited.`;
    case 'budget':
      return `It is not in force: to review all below it takes ${percent(1 - (figures.coverage ?? 0))} of the stream, and the budget is ${percent(policy.risk.reviewBudget)}. Until then ${own}.`;
    case 'audits-off':
      return `No audits are drawn, so nothing can be certified; ${own}. Switch the audit sample on.`;
    case 'no-confidence':
      return `No prediction with a confidence has come yet; ${own}.`;
    case 'learning':
      return `The first confidences are gathered, to lay thresholds among them; ${own}.`;
    case 'backlog':
      return `Too many audits wait for an answer; ${own}.`;
    case 'answers':
      return `Until then ${own}.`;
  }
}

function missingWords({ figures, budget, hindrance, policy }: RiskState): string[] {
  if (hindrance === 'nothing' || hindrance === 'audits-off') return [];
  const { answersAtBest, answersExpected, answersPerDay, daysExpected } = budget;
  const words: string[] = [];
  if (figures.plan.certified === null) {
    const more =
      answersExpected === null || answersExpected === answersAtBest
        ? ''
        : `, ${count(answersExpected)} at the error rate seen so far`;
    words.push(
      `${count(figures.answers)} audits are answered and settled; the first certificate takes at least ${count(answersAtBest)} more${more}.`,
    );
    if (figures.waiting > 0) words.push(`${count(figures.waiting)} audits wait for an answer, or for an earlier one.`);
  }
  if (budget.because === 'risk') {
    words.push(
      `The budget cannot carry the target: the error rate seen is no smaller than ${percent(policy.risk.target)}, so no number of answers is enough.`,
    );
  } else if (budget.because === 'time') {
    const days = daysExpected === null ? 'never comes' : `takes ${count(Math.ceil(daysExpected))} days`;
    words.push(
      `The budget cannot carry the target: at ${percent(policy.risk.reviewBudget)} of the stream, ${count(Math.round(answersPerDay))} answers a day, the first certificate ${days}.`,
    );
  } else if (daysExpected !== null && figures.plan.certified === null) {
    words.push(
      `At ${count(Math.round(answersPerDay))} answers a day that is ${daysExpected < 1 ? 'less than a day' : `about ${count(Math.ceil(daysExpected))} days`}.`,
    );
  }
  return words;
}

function percent(share: number): string {
  return `${String(Number((share * 100).toPrecision(3)))} %`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
