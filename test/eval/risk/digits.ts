import { readFileSync } from 'node:fs';
import type { KnownPrediction } from './release-game.ts';

/** The shipped recording of handwritten digits, with a planted fault. */
export function digitPredictions(): KnownPrediction[] {
  const text = readFileSync(new URL('../../streams/digits.jsonl', import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { prediction, truth } = JSON.parse(line) as {
        prediction: { label: string; confidence: number };
        truth: { label: string };
      };
      return { confidence: prediction.confidence, isError: prediction.label !== truth.label };
    });
}
