import {
  calibrated,
  fuse,
  learnCalibration,
  learnLooks,
  startCalibration,
  startReviewers,
  worthOfLook,
} from '@watchfloor/risk';
import { dice } from '../../builders/dice.ts';
import { likeliest, type CifarItem, type CifarModel } from './population.ts';

export interface TeamResult {
  /** Share of right final answers, in [0, 1]. */
  readonly team: number;
  readonly model: number;
  /** One person who looks at everything. */
  readonly person: number;
  /** The model with a person's answer in place of its least sure ones, chosen in hindsight at the same number of looks. */
  readonly replaced: number;
  /** Looks a prediction, second and third ones counted. */
  readonly looks: number;
}

const labels = Array.from({ length: 10 }, (_, label) => `class ${label}`);

/** More people are not asked about one picture. */
const mostLooks = 2;

/** This share of the looks goes to pictures that chance chooses, so that the calibration is fair. */
const auditShare = 0.02;

/**
 * A team of a model and people on a stream of pictures in random order. Nobody tells it the truth: temperature and
 * confusion are learnt on the way, from what people answer. A look, be it the first or a further one, is asked for where
 * it lowers the chance of a wrong answer the most; how much it must be worth follows from what the budget has left.
 *
 * @param budget looks a prediction, never exceeded at any time
 */
export function playTeam(items: readonly CifarItem[], model: CifarModel, budget: number, seed: number): TeamResult {
  const random = dice(seed);
  const calibration = startCalibration();
  const reviewers = startReviewers(labels);
  const right = { team: 0, model: 0, person: 0, replaced: 0 };
  let worth = 0.2;
  let looks = 0;
  const order = shuffled(items, random);
  order.forEach(({ truth, votes, p }, index) => {
    const scores = p[model];
    const answer = likeliest(scores);
    const believed = calibrated(calibration, scores);
    const isAudited = random() < auditShare * budget;
    const given: number[] = [];
    const mayLook = () => looks + given.length + 1 <= budget * (index + 1) && given.length < mostLooks;
    const isWorth = () => worthOfLook(reviewers, believed, given) >= worth;
    const isChosen = isWorth();
    while (mayLook() && (isWorth() || (isAudited && given.length === 0))) {
      given.push(vote(votes, random));
    }
    looks += given.length;
    const wanted = isChosen ? Math.max(1, given.length) : given.length;
    const bank = budget * (index + 1) - looks;
    // Aims at ten looks in hand, so that what is worth much seldom meets an empty purse.
    worth *= Math.exp(0.02 * (wanted - budget - (bank - 10) / 300));
    right.team += likeliest(fuse(reviewers, believed, given)) === truth ? 1 : 0;
    right.model += answer === truth ? 1 : 0;
    right.person += vote(votes, random) === truth ? 1 : 0;
    if (given.length > 0) {
      learnLooks(reviewers, believed, given);
      const settled = likeliest(
        fuse(
          reviewers,
          labels.map(() => 0.1),
          given,
        ),
      );
      const probability = isChosen ? 1 : auditShare * budget;
      learnCalibration(calibration, { scores, answer, truth: settled, probability });
    }
  });
  const unsure = order.toSorted((one, other) => Math.max(...one.p[model]) - Math.max(...other.p[model]));
  unsure.forEach(({ truth, votes, p }, index) => {
    right.replaced += (index < looks ? vote(votes, random) : likeliest(p[model])) === truth ? 1 : 0;
  });
  const share = (count: number) => count / items.length;
  return {
    team: share(right.team),
    model: share(right.model),
    person: share(right.person),
    replaced: share(right.replaced),
    looks: share(looks),
  };
}

/** One of the people who voted, by chance. */
function vote(votes: readonly number[], random: () => number): number {
  let left = random() * votes.reduce((sum, count) => sum + count, 0);
  return Math.max(
    0,
    votes.findIndex((count) => (left -= count) < 0),
  );
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as Item, mixed[last] as Item];
  }
  return mixed;
}
