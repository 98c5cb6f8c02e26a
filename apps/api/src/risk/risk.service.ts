import { Injectable } from '@nestjs/common';
import type { RiskPoint, StreamRisk as ServedRisk } from '@watchfloor/contracts';
import type { AuditPlan } from '@watchfloor/detection';
import type { BudgetReport, RiskFigures } from '@watchfloor/risk';
import { calibrationTemperature, reliability, weighBudget } from '@watchfloor/risk';
import { LanesService } from '../ingest/lanes/lanes.service.ts';
import type { Transaction } from '../platform/database/work.ts';
import { Work } from '../platform/database/work.ts';
import { orRefuse } from '../platform/http/refused.ts';
import type { RegisteredStream } from '../streams/registered-stream.ts';
import { StreamsService } from '../streams/streams.service.ts';
import { calibrationOf } from './risk-folding.ts';
import { hindranceOf } from './risk-hindrance.ts';
import { riskSettingsOf } from './risk-settings-of.ts';
import { riskWords } from './risk-words.ts';
import type { PlanRow, StoredAnswer } from './risk.store.ts';
import { RiskStore } from './risk.store.ts';
import { StreamRisk } from './stream-risk.ts';

/** The changes of the plan that are shown, at most. */
const shownPlans = 500;
/** Where nothing is known, the promise is thought of for so much of the stream. */
const usualCoverage = 0.7;
const minutesOfDay = 1_440;

/** What is known of the risk of streams, for screens and other rooms. */
@Injectable()
export class RiskService {
  constructor(
    private readonly work: Work,
    private readonly streams: StreamsService,
    private readonly lanes: LanesService,
    private readonly store: RiskStore,
  ) {}

  /** All that a screen shows of a stream's risk. */
  async of(name: string): Promise<ServedRisk> {
    const stream = orRefuse(this.streams.get(name));
    const { policy } = stream;
    const figures = (this.lanes.riskOf(name) ?? StreamRisk.start(policy)).figures();
    const { kept, history } = await this.work.read(async (tx) => ({
      kept: await this.store.find(tx, stream.id),
      history: await this.store.plans(tx, stream.id, shownPlans),
    }));
    const calibration = calibrationOf(kept?.calibration ?? null);
    const hindrance = hindranceOf(figures, policy);
    const budget = this.budgetOf(stream, figures);
    return {
      ...policy.risk,
      epoch: figures.epoch,
      phase: figures.plan.phase,
      plan: planOf(history.at(-1)),
      hindrance,
      sentences: riskWords({ policy, figures, hindrance, budget }),
      certificate: certificateOf(figures),
      points: figures.thresholds.map(pointOf),
      present: { coverage: figures.coverage, ...figures.accepted },
      verdicts: {
        answered: figures.answers,
        missingAtBest: budget.answersAtBest,
        missingExpected: budget.answersExpected,
        waiting: figures.waiting,
        charged: figures.charged,
      },
      budget: {
        canCarry: budget.canCarry,
        because: budget.because,
        answersPerDay: budget.answersPerDay,
        daysExpected: budget.daysExpected,
        looksAfterwards: budget.looksAfterwards,
      },
      drift: figures.drift,
      history,
      reliability: reliability(calibration),
      temperature: calibrationTemperature(calibration),
    };
  }

  /** What is in force for a stream's next prediction; null leaves it to the policy. */
  planOf(name: string): AuditPlan | null {
    return this.lanes.riskOf(name)?.plan ?? null;
  }

  /** Adjudicated audits of a stretch of a stream, in order. */
  answers(tx: Transaction, streamId: number, from: number, to: number): Promise<StoredAnswer[]> {
    return this.store.answers(tx, streamId, from, to);
  }

  private budgetOf({ name, policy }: RegisteredStream, figures: RiskFigures): BudgetReport {
    const best = figures.thresholds.filter(({ answers }) => answers > 0).sort((a, b) => b.wealth - a.wealth)[0];
    return weighBudget(riskSettingsOf(policy), {
      epoch: figures.epoch,
      expectedRisk: best?.rate ?? null,
      coverage: figures.coverage ?? best?.coverage ?? usualCoverage,
      logWealth: Math.log(best?.wealth ?? 1),
      predictionsPerDay: (this.lanes.figuresOf(name)?.usualPerMinute ?? 0) * minutesOfDay,
    });
  }
}

function planOf(newest: PlanRow | undefined): ServedRisk['plan'] {
  if (newest === undefined) return null;
  const { certified, above, below, afterPosition, at } = newest;
  return { certified, above, below, afterPosition, at };
}

function certificateOf({ plan, coverage }: RiskFigures): ServedRisk['certificate'] {
  return plan.certified === null || coverage === null ? null : { threshold: plan.certified, coverage };
}

function pointOf({ threshold, coverage, rate, low, high, answers, errors, wealth, needed, isCertified }: RiskPoint) {
  const finite = (evidence: number) => Math.min(1e300, evidence);
  return {
    threshold,
    coverage,
    rate,
    low,
    high,
    answers,
    errors,
    wealth: finite(wealth),
    needed: needed === null ? null : finite(needed),
    isCertified,
  };
}
