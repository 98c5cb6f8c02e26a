import type { Quantiles } from '@watchfloor/contracts';
import { grown, notYet } from '../saving/grown.ts';

/** A fair sample of the values of a minute, of fixed size; its quantiles stand for those of all. */
export interface ValueSample {
  /** Single precision: about seven digits. */
  values: Float32Array;
  /** How many values there were. */
  seen: number;
}

const sampleSize = 128;

/** Values beyond what single precision holds count as the largest that it does. */
const largest = 3.4e38;

export function noSample(): ValueSample {
  return { values: notYet.float32, seen: 0 };
}

/**
 * Takes in a value: all of the first 128, later ones in place of an earlier one, so that each had the same chance.
 *
 * @param value any finite number
 * @param draw in [0, 1), the same for the same prediction
 * @see Vitter, Random sampling with a reservoir (1985), algorithm R
 */
export function sampleValue(sample: ValueSample, value: number, draw: number): void {
  const slot = sample.seen < sampleSize ? sample.seen : Math.floor(draw * (sample.seen + 1));
  if (slot < sampleSize) {
    sample.values = grown(sample.values, sampleSize);
    sample.values[slot] = Math.min(largest, Math.max(-largest, value));
  }
  sample.seen++;
}

/**
 * The quantiles of the values, to seven digits and exact in rank up to 128 of them; beyond, the middle is off by about 4 hundredths of rank.
 *
 * @returns null when there was none
 */
export function sampleQuantiles(sample: ValueSample): Quantiles | null {
  const count = Math.min(sample.seen, sampleSize);
  if (count === 0) {
    return null;
  }
  const sorted = grown(sample.values, sampleSize).slice(0, count).sort();
  const at = (share: number) => Number((sorted[Math.max(0, Math.ceil(share * count) - 1)] ?? 0).toPrecision(7));
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

export function forgetSample(sample: ValueSample): void {
  sample.values.fill(0);
  sample.seen = 0;
}
