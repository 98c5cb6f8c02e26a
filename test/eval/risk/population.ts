import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Kinds of predictions to draw streams from: the model's confidence in each, and how likely it is judged wrong. */
export interface Population {
  readonly name: string;
  readonly confidence: Float64Array;
  /** The chance, in [0, 1], that an adjudicated answer calls it an error; 0 or 1 where the truth is known. */
  readonly risk: Float64Array;
}

export type CifarModel = 'resnet110' | 'r_low_acc';
export type SnliModel = 'roberta' | 'bert';

/** A picture of CIFAR-10 with the votes of about 51 people and the probabilities of two models. */
export interface CifarItem {
  readonly truth: number;
  readonly votes: readonly number[];
  readonly p: Readonly<Record<CifarModel, readonly number[]>>;
}

export function cifarItems(data: string): CifarItem[] {
  return rowsOf(join(data, 'cifar10h', 'items.jsonl.gz')) as CifarItem[];
}

/** CIFAR-10 by the truth. */
export function cifar(data: string, model: CifarModel): Population {
  return population(
    model,
    cifarItems(data).map(({ p, truth }) => [Math.max(...p[model]), likeliest(p[model]) === truth ? 0 : 1]),
  );
}

/** CIFAR-10 as people see it: an error is what two of them, each blind to the other, do not see as the model does. */
export function cifarByPeople(data: string, model: CifarModel): Population {
  return cifarByVotes(data, model, 2);
}

/** CIFAR-10 as one person sees it. */
export function cifarByOne(data: string, model: CifarModel): Population {
  return cifarByVotes(data, model, 1);
}

function cifarByVotes(data: string, model: CifarModel, people: number): Population {
  return population(
    `${model} by people`,
    cifarItems(data).map(({ p, votes }) => {
      const agree = (votes[likeliest(p[model])] ?? 0) / votes.reduce((sum, count) => sum + count, 0);
      return [Math.max(...p[model]), (1 - agree) ** people];
    }),
  );
}

export function snli(data: string, model: SnliModel): Population {
  const classes = ['entailment', 'neutral', 'contradiction'];
  const rows = rowsOf(join(data, 'chaosnli', 'snli_stream.jsonl.gz')) as {
    truth: number | string;
    logits: Record<SnliModel, number[]>;
  }[];
  return population(
    `SNLI ${model}`,
    rows.map(({ truth, logits }) => {
      const given = logits[model];
      const top = Math.max(...given);
      const right = typeof truth === 'number' ? truth : classes.findIndex((name) => name.startsWith(truth[0] ?? '?'));
      const sum = given.reduce((total, logit) => total + Math.exp(logit - top), 0);
      return [1 / sum, given.indexOf(top) === right ? 0 : 1];
    }),
  );
}

/** The same risk at every confidence: nothing may be certified where it is above the target. */
export function flat(risk: number): Population {
  return population(
    `risk ${risk} everywhere`,
    Array.from({ length: 2_000 }, (_, index) => [index / 2_000, risk]),
  );
}

/** A risk that falls with the confidence. */
export function falling(highest: number): Population {
  return population(
    `risk falling from ${highest}`,
    Array.from({ length: 2_000 }, (_, index) => [index / 2_000, highest * (1 - index / 2_000) ** 2]),
  );
}

/** What holds of all that reach a threshold. */
export function above({ confidence, risk }: Population, threshold: number): { risk: number; coverage: number } {
  let count = 0;
  let sum = 0;
  confidence.forEach((one, index) => {
    if (one >= threshold) {
      count++;
      sum += risk[index] ?? 0;
    }
  });
  return { risk: count === 0 ? 0 : sum / count, coverage: count / confidence.length };
}

export function likeliest(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}

/** The objects of a gzipped file of JSON lines. */
function rowsOf(file: string): unknown[] {
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

function population(name: string, pairs: readonly (readonly number[])[]): Population {
  return {
    name,
    confidence: Float64Array.from(pairs, ([confidence = 0]) => confidence),
    risk: Float64Array.from(pairs, ([, risk = 0]) => risk),
  };
}
