/** The temperatures that are tried side by side: evenly spaced by logarithm, from 1/8 to 8. */
const steps = 49;
const widest = Math.log(8);

/** So many reviewed predictions later, one counts half. */
const halfLife = 4_000;

/** As if so many answers had spoken for temperature 1 before the first; it fades like the rest. */
const priorWeight = 20;

/** A single answer costs no more than this, in nats, so that no wrong label bends the fit far. */
const mostLoss = 6;

/** No answer counts for more than so many, however small the chance with which it was drawn. */
const mostWeight = 50;

/**
 * How over- or underconfident a model is, in one number, learnt from reviewed predictions: its scores become right when
 * their logarithms are divided by the temperature. Above 1 the model is too sure of itself. The state is the fading loss
 * of each temperature tried, so no history is kept, and the same answers give the same fit.
 *
 * @see Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks (2017)
 */
export interface TemperatureFit {
  readonly losses: number[];
}

export function startTemperature(): TemperatureFit {
  return { losses: Array.from({ length: steps }, (_, step) => priorWeight * Math.min(1, logOf(step) ** 2)) };
}

/**
 * Takes in a reviewed prediction; ignored when the scores say nothing.
 *
 * @param scores one for each label, in [0, 1]; `[confidence, 1 - confidence]` where a model gives no more
 * @param truth the place of the right label
 * @param weight one over the probability with which it was drawn; at least 0
 */
export function learnTemperature(fit: TemperatureFit, scores: readonly number[], truth: number, weight = 1): void {
  if (!isDistribution(scores) || !(weight > 0) || scores[truth] === undefined) {
    return;
  }
  const fade = 0.5 ** (1 / halfLife);
  const counted = Math.min(weight, mostWeight);
  const logs = scores.map(logOfScore);
  const top = Math.max(...logs);
  for (let step = 0; step < steps; step++) {
    const loss = Math.min(mostLoss, lossAt(logs, top, truth, Math.exp(-logOf(step))));
    fit.losses[step] = fade * (fit.losses[step] ?? 0) + counted * loss;
  }
}

/** The negative logarithm of the right label's tempered score. */
function lossAt(logs: readonly number[], top: number, truth: number, sharpness: number): number {
  let sum = 0;
  for (const log of logs) {
    sum += Math.exp((log - top) * sharpness);
  }
  return Math.log(sum) - ((logs[truth] ?? 0) - top) * sharpness;
}

/** The temperature that fits best, from 1/8 to 8; between those tried, that of the parabola through the best three. */
export function temperatureOf({ losses }: TemperatureFit): number {
  const best = losses.indexOf(Math.min(...losses));
  const [left, middle, right] = [losses[best - 1], losses[best], losses[best + 1]];
  if (left === undefined || middle === undefined || right === undefined) {
    return Math.exp(logOf(best));
  }
  const bend = left - 2 * middle + right;
  return Math.exp(logOf(best + (bend > 0 ? (left - right) / (2 * bend) : 0)));
}

/** Scores under a temperature: a distribution. Scores that are none come back even. */
export function temper(scores: readonly number[], temperature: number): number[] {
  if (!isDistribution(scores)) {
    return scores.map(() => 1 / scores.length);
  }
  const logs = scores.map((score) => logOfScore(score) / temperature);
  const top = Math.max(...logs);
  const powers = logs.map((log) => Math.exp(log - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** A score of 0 is a very small one that was rounded. */
function logOfScore(score: number): number {
  return Math.log(Math.max(score, 1e-12));
}

function isDistribution(scores: readonly number[]): boolean {
  return scores.length > 1 && scores.every((score) => score >= 0 && score <= 1) && scores.some((score) => score > 0);
}

function logOf(step: number): number {
  return widest * ((2 * step) / (steps - 1) - 1);
}
