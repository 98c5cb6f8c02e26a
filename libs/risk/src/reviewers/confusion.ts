/** As if each answer had been given so often for each label before the first. */
const smoothing = 0.02;

/** As if each label had been recognised so often before the first. */
const diagonalPrior = 1;

/** Beyond so many answers the counts are halved, so that people may change. */
const mostAnswers = 20_000;

/**
 * How often reviewers give each answer for each true label: expected counts, row by row of the true label. Nobody knows the
 * true labels, so each answer counts for every label with the label's probability, given what the model says and all
 * people answered: one step of expectation and maximisation for each prediction.
 *
 * @see Dawid and Skene, Maximum likelihood estimation of observer error-rates using the EM algorithm (1979); Cappé and
 *   Moulines, On-line expectation-maximization algorithm for latent data models (2009)
 */
export interface ConfusionCounts {
  readonly size: number;
  counts: number[];
  answers: number;
}

export function startConfusion(size: number): ConfusionCounts {
  return { size, counts: new Array<number>(size * size).fill(0), answers: 0 };
}

/** How likely reviewers are to answer with a label when another (or the same) is true; each row adds up to 1. */
export function likelihood({ size, counts }: ConfusionCounts, truth: number, look: number): number {
  let sum = diagonalPrior + smoothing * size;
  for (let label = 0; label < size; label++) {
    sum += counts[truth * size + label] ?? 0;
  }
  return ((counts[truth * size + look] ?? 0) + smoothing + (truth === look ? diagonalPrior : 0)) / sum;
}

/**
 * The probabilities of the labels, given the model's and what people answered independently of it and of each other.
 *
 * @param scores the model's calibrated probabilities
 * @param looks the places of the answers; those that are none of the labels are left out
 * @returns a distribution, P(y) proportional to `scores[y]` times the likelihoods of the answers
 * @see Kerrigan, Smyth and Steyvers, Combining human predictions with model probabilities via confusion matrices and
 *   calibration (2021)
 */
export function fused(confusion: ConfusionCounts, scores: readonly number[], looks: readonly number[]): number[] {
  const known = looks.filter((look) => isLabel(confusion, look));
  const products = Array.from({ length: confusion.size }, (_, truth) =>
    known.reduce(
      (product, look) => product * likelihood(confusion, truth, look),
      // A model that rules a label out may still be wrong.
      Math.min(1, Math.max(1e-9, scores[truth] ?? 0) || 1e-9),
    ),
  );
  const sum = products.reduce((total, product) => total + product, 0);
  return products.map((product) => product / sum);
}

/** Takes in all answers about one prediction. */
export function learnConfusion(confusion: ConfusionCounts, scores: readonly number[], looks: readonly number[]): void {
  const known = looks.filter((look) => isLabel(confusion, look));
  const truths = fused(confusion, scores, known);
  for (const look of known) {
    truths.forEach((probability, truth) => {
      const at = truth * confusion.size + look;
      confusion.counts[at] = (confusion.counts[at] ?? 0) + probability;
    });
  }
  confusion.answers += known.length;
  if (confusion.answers > mostAnswers) {
    confusion.counts = confusion.counts.map((count) => count / 2);
    confusion.answers /= 2;
  }
}

export function isLabel({ size }: ConfusionCounts, place: number): boolean {
  return Number.isInteger(place) && place >= 0 && place < size;
}
