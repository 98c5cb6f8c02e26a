import { fields, list, number, numbers, readVersion } from '../saving.ts';
import { fused, learnConfusion, likelihood, startConfusion, type ConfusionCounts } from './confusion.ts';
import { helps, judge, startHelpfulness, type Helpfulness } from './helpfulness.ts';

/** With more labels there are too few answers for each pair of them, and nothing is fused. */
export const mostReviewedLabels = 20;

/**
 * What double reviews say of the people who review a stream, all together; at most 12 KB when saved. Changed in place.
 * Labels are named by their places.
 */
export interface ReviewerModel {
  readonly labels: readonly string[];
  readonly confusion: ConfusionCounts;
  readonly helpfulness: Helpfulness;
}

/** @param labels of the stream; with fewer than two or more than {@link mostReviewedLabels}, nothing is learnt or suggested */
export function startReviewers(labels: readonly string[]): ReviewerModel {
  const usable = labels.length >= 2 && labels.length <= mostReviewedLabels ? labels : [];
  return { labels: usable, confusion: startConfusion(usable.length), helpfulness: startHelpfulness() };
}

/**
 * Takes in all answers about one prediction.
 *
 * @param scores the model's calibrated probabilities, one for each label
 * @param looks the places of people's answers, in their order, each blind to the others
 */
export function learnLooks(model: ReviewerModel, scores: readonly number[], looks: readonly number[]): void {
  const [first, second] = looks;
  if (model.labels.length === 0 || first === undefined) {
    return;
  }
  if (second !== undefined) {
    judge(model.helpfulness, likeliest(fused(model.confusion, scores, [first])), first, second);
  }
  learnConfusion(model.confusion, scores, looks);
}

/** How often people give each answer (columns) for each true label (rows); each row adds up to 1. */
export function confusionOf({ labels, confusion }: ReviewerModel): number[][] {
  return labels.map((_, truth) => labels.map((__, look) => likelihood(confusion, truth, look)));
}

/** The probabilities of the labels, given the model's calibrated ones and people's answers; empty without labels. */
export function fuse({ confusion }: ReviewerModel, scores: readonly number[], looks: readonly number[]): number[] {
  return fused(confusion, scores, looks);
}

/** An answer that the model's and the person's together make likelier than the person's own. */
export interface Suggestion {
  readonly label: string;
  /** In (0, 1]. */
  readonly probability: number;
}

/**
 * What to suggest to a person who has answered: never applied by itself.
 *
 * @param look the place of the person's answer
 * @returns null where the person's answer is the likeliest, and where second looks have not shown that fusing helps
 */
export function suggestion(model: ReviewerModel, scores: readonly number[], look: number): Suggestion | null {
  const together = fuse(model, scores, [look]);
  const best = likeliest(together);
  const label = model.labels[best];
  return label === undefined || best === look || !helps(model.helpfulness)
    ? null
    : { label, probability: together[best] ?? 0 };
}

/**
 * How much one more look lowers the chance that the final answer is wrong, in [0, 1): what the next look is worth.
 *
 * @param looks what was answered so far
 * @see Howard, Information value theory (1966)
 */
export function worthOfLook(model: ReviewerModel, scores: readonly number[], looks: readonly number[]): number {
  const now = fuse(model, scores, looks);
  const afterwards = now.reduce(
    (sum, _, look) =>
      sum + Math.max(...now.map((probability, truth) => probability * likelihood(model.confusion, truth, look))),
    0,
  );
  return Math.max(0, afterwards - Math.max(0, ...now));
}

const version = 1;

/** A reviewer model as JSON text. */
export function saveReviewers(model: ReviewerModel): string {
  return JSON.stringify({ version, model });
}

/** @throws Error for text of another version, or that is no saved model */
export function loadReviewers(text: string): ReviewerModel {
  const saved = fields(readVersion(text, version, 'reviewer model').model, 'model');
  const labels = list(saved.labels, 'labels', mostReviewedLabels).map(String);
  const confusion = fields(saved.confusion, 'confusion');
  const cells = labels.length ** 2;
  const { length } = startHelpfulness().won;
  return {
    labels,
    confusion: {
      size: labels.length,
      counts: numbers(confusion.counts, 'counts', cells, cells),
      answers: number(confusion.answers, 'answers'),
    },
    helpfulness: { won: numbers(fields(saved.helpfulness, 'helpfulness').won, 'won', length, length) },
  };
}

function likeliest(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}
