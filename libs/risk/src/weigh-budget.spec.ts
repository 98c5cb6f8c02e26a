import { describe, expect, it } from '@jest/globals';
import { dice } from '../../../test/builders/dice.ts';
import { settleBets, startWealth } from './certificates/wealth.ts';
import { defaultRiskSettings, type RiskSettings } from './risk-settings.ts';
import { weighBudget, type BudgetQuestion } from './weigh-budget.ts';

const settings: RiskSettings = {
  ...defaultRiskSettings,
  target: 0.02,
  confidence: 0.9,
  reviewBudget: 0.1,
  spend: 'each-epoch',
};
const question: BudgetQuestion = {
  epoch: 1,
  expectedRisk: 0.005,
  coverage: 0.92,
  logWealth: 0,
  predictionsPerDay: 5_000,
};

describe('what the budget can carry', () => {
  it('counts the answers that are needed, and the days that they take', () => {
    const report = weighBudget(settings, question);
    expect(report).toMatchObject({ canCarry: true, because: null, answersPerDay: 460 });
    expect(report.answersExpected).toBeGreaterThan(report.answersAtBest);
    expect(report.daysExpected).toBeCloseTo(report.answersExpected! / 460);
    expect(report.looksAfterwards).toBeCloseTo(0.08 + 0.92 * 0.05);
  });

  it('counts just what bets need when no answer is an error', () => {
    const { answersAtBest } = weighBudget(settings, question);
    const wealth = startWealth();
    for (let answers = 0; answers < answersAtBest; answers++) {
      expect(wealth.peak[19]! - wealth.reserve).toBeLessThan(10 / 0.225);
      settleBets(wealth, { place: 19, probability: 1, least: 1 }, false, 0.02);
    }
    expect(wealth.peak[19]).toBeGreaterThanOrEqual(10 / 0.225);
  });

  it('counts about what real bets need', () => {
    const wanted = weighBudget(settings, question).answersExpected!;
    const needed = Array.from({ length: 60 }, (_, run) => {
      const random = dice(run);
      const wealth = startWealth();
      let answers = 0;
      while (wealth.peak[19]! < 10 / 0.225) {
        settleBets(wealth, { place: 19, probability: 1, least: 1 }, random() < 0.005, 0.02);
        answers++;
      }
      return answers;
    }).sort((a, b) => a - b);
    expect(needed[30]! / wanted).toBeGreaterThan(0.4);
    expect(needed[30]! / wanted).toBeLessThan(1.1);
  });

  it.each<[string, Partial<RiskSettings>, Partial<BudgetQuestion>, string]>([
    ['the model errs too much', {}, { expectedRisk: 0.02 }, 'risk'],
    ['too little comes', {}, { predictionsPerDay: 10 }, 'time'],
    ['nothing comes', {}, { predictionsPerDay: 0 }, 'time'],
    ['people can look at nothing', { reviewBudget: 0 }, {}, 'time'],
    ['what lies below the threshold is more than people can look at', {}, { coverage: 0.7 }, 'review'],
  ])('cannot carry it when %s', (_, other, asked, because) => {
    expect(weighBudget({ ...settings, ...other }, { ...question, ...asked })).toMatchObject({
      canCarry: false,
      because,
    });
  });

  it('asks for nothing more when enough is there', () => {
    const report = weighBudget(settings, { ...question, logWealth: 9, predictionsPerDay: 0, expectedRisk: null });
    expect(report).toMatchObject({ canCarry: true, answersExpected: 0, answersAtBest: 0, daysExpected: 0 });
  });

  it('asks for more in a later epoch, and for a stricter target', () => {
    const answers = (other: Partial<RiskSettings>, epoch = 1) =>
      weighBudget({ ...settings, ...other }, { ...question, epoch, expectedRisk: 0 }).answersExpected!;
    expect(answers({ spend: 'all-epochs' }, 3)).toBeGreaterThan(answers({ spend: 'all-epochs' }, 1));
    expect(answers({ target: 0.01 })).toBeGreaterThan(1.9 * answers({}));
  });
});
