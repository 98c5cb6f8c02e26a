import { answer, arrive, lookPlan, startEpoch, startRiskControl, type RiskSettings } from '@watchfloor/risk';
import { dice } from '../../builders/dice.ts';
import { above, type Population } from './population.ts';

/** How answers come back: after so many events, or never. */
export type Answering = (isError: boolean, random: () => number) => number | null;

export interface Game {
  readonly population: Population;
  readonly settings: RiskSettings;
  readonly events: number;
  readonly answering?: Answering;
  /** An adversary begins a new epoch when nothing has been certified after so many events. */
  readonly restartAfter?: number;
}

export interface GameResult {
  /** Whether the deployed threshold's true risk was above the target at any time. */
  readonly isViolated: boolean;
  /** True coverage of the threshold that is deployed at the end. */
  readonly coverage: number;
  /** True coverage of the best threshold of the same grid. */
  readonly best: number;
  /** The same of a threshold that is taken for good as soon as the errors counted above it are few enough. */
  readonly naiveViolated: boolean;
  readonly revoked: number;
}

export const atOnce: Answering = () => 0;

/** The naive way fails early; longer would only be slower. */
const naiveEvents = 3_000;

/** Plays one stream drawn from a population, and asks at every event. */
export function playGuarantee(
  { population, settings, events, answering = atOnce, restartAfter }: Game,
  seed: number,
): GameResult {
  const random = dice(seed);
  const control = startRiskControl(settings);
  const naive = new NaiveThreshold(settings.target);
  const due = new Map<number, { ticket: number; isError: boolean }[]>();
  const isBad = remembered((threshold) => above(population, threshold).risk > settings.target);
  let isViolated = false;
  let naiveViolated = false;
  let revoked = 0;
  let epochBegan = 0;
  let grid: readonly number[] = [];
  for (let event = 0; event < events; event++) {
    const item = Math.floor(random() * population.confidence.length);
    const confidence = population.confidence[item] ?? 0;
    const isError = random() < (population.risk[item] ?? 0);
    const plan = lookPlan(control, settings);
    isViolated ||= plan.certified !== null && isBad(plan.certified);
    const isReleased = plan.certified !== null && confidence >= plan.certified;
    const probability = isReleased ? plan.probabilityAbove : plan.probabilityBelow;
    const isDrawn = random() < probability;
    const ticket = arrive(control, { confidence, probability, least: plan.least, isDrawn, isReleased });
    if (ticket !== null) {
      const delay = answering(isError, random);
      if (delay !== null) {
        due.set(event + delay, [...(due.get(event + delay) ?? []), { ticket, isError }]);
      }
    }
    for (const { ticket, isError } of due.get(event) ?? []) {
      revoked += answer(control, settings, ticket, isError).filter(({ kind }) => kind === 'revoked').length;
    }
    due.delete(event);
    grid = control.grid.length > 0 ? control.grid : grid;
    if (event < naiveEvents) {
      naive.see(grid, confidence, isError);
      naiveViolated ||= event % 50 === 0 && naive.thresholds(grid).some(isBad);
    }
    if (restartAfter !== undefined && plan.certified === null && event - epochBegan >= restartAfter) {
      startEpoch(control, settings);
      epochBegan = event;
    }
  }
  const { certified } = lookPlan(control, settings);
  return {
    isViolated,
    coverage: certified === null ? 0 : above(population, certified).coverage,
    best: Math.max(0, ...grid.filter((one) => !isBad(one)).map((one) => above(population, one).coverage)),
    naiveViolated,
    revoked,
  };
}

/** What one would write first: the lowest threshold above which the counted error rate is within the target. */
class NaiveThreshold {
  readonly #target: number;
  readonly #answers = new Map<number, number>();
  readonly #errors = new Map<number, number>();

  constructor(target: number) {
    this.#target = target;
  }

  see(grid: readonly number[], confidence: number, isError: boolean): void {
    for (const threshold of grid) {
      if (confidence >= threshold) {
        this.#answers.set(threshold, (this.#answers.get(threshold) ?? 0) + 1);
        this.#errors.set(threshold, (this.#errors.get(threshold) ?? 0) + (isError ? 1 : 0));
      }
    }
  }

  /** One threshold, or none. */
  thresholds(grid: readonly number[]): readonly number[] {
    const isFine = (one: number) => {
      const answers = this.#answers.get(one) ?? 0;
      return answers >= 50 && (this.#errors.get(one) ?? 0) <= this.#target * answers;
    };
    const lowest = grid.findLast(isFine);
    return lowest === undefined ? [] : [lowest];
  }
}

function remembered(rule: (threshold: number) => boolean): (threshold: number) => boolean {
  const known = new Map<number, boolean>();
  return (threshold) => {
    const before = known.get(threshold);
    const now = before ?? rule(threshold);
    known.set(threshold, now);
    return now;
  };
}
