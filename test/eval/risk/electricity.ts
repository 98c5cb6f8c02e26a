import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { KnownPrediction } from './release-game.ts';

/**
 * The predictions, whether the price goes up, of a logistic regression on the Australian electricity market (Harries
 * 1999), half-hourly, that learns
 * from each row after predicting it, and from none after so many: then it decays as the market changes.
 *
 * @param freezeAfter Infinity for a model that never ceases to learn
 */
export function pricePredictions(data: string, freezeAfter: number, learningRate: number): KnownPrediction[] {
  const text = gunzipSync(readFileSync(join(data, 'elec2', 'elec_first30208.csv.gz'))).toString('utf8');
  const rows = parse(text, { from_line: 2, cast: Number }) as unknown as number[][];
  const weights = new Array<number>(7).fill(0);
  return rows.map((row, index) => {
    const features = [...row.slice(0, 6), 1];
    const truth = row[6] ?? 0;
    const sum = features.reduce((total, feature, at) => total + feature * (weights[at] ?? 0), 0);
    const rises = 1 / (1 + Math.exp(-sum));
    if (index < freezeAfter) {
      features.forEach((feature, at) => (weights[at] = (weights[at] ?? 0) + learningRate * (truth - rises) * feature));
    }
    return { confidence: Math.max(rises, 1 - rises), isError: rises >= 0.5 !== (truth === 1) };
  });
}
