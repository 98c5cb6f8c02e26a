import { readFileSync } from 'node:fs';
import type { Prediction } from '@watchfloor/contracts';

const folder = new URL('../streams/', import.meta.url);

/** Recorded predictions without their images, so that a row is of the usual size. */
export function recordedPredictions(): readonly Prediction[] {
  return ['breast-screening', 'disease-progression', 'digits'].flatMap((name) =>
    readFileSync(new URL(`${name}.jsonl`, folder), 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const { prediction } = JSON.parse(line) as { prediction: Prediction };
        const { input: _, ...rest } = prediction;
        return rest;
      }),
  );
}

/** An endless supply of them, each with an id of its own, dealt out over `streams` streams of each kind. */
export function* endlessPredictions(streams: number, sender: number): Generator<Prediction, never> {
  const recorded = recordedPredictions();
  for (let round = 0; ; round += 1) {
    for (const prediction of recorded) {
      const stream = `${prediction.stream}-${(round + sender) % streams}`;
      yield { ...prediction, stream, id: `${prediction.id}-${sender}-${round}` };
    }
  }
}
