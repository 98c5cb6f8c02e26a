/** How many values back the views of a series look. */
export const ringSize = 64;

/** Sums over the newest 4, 8, 16, 32 and 64 values of a ring, and their extremes; exact, so that nothing drifts. */
export interface RingFigures {
  mean4: number;
  mean8: number;
  mean16: number;
  mean32: number;
  mean64: number;
  /** Standard deviations. */
  spread8: number;
  spread32: number;
  spread64: number;
  low16: number;
  high16: number;
  low64: number;
  high64: number;
}

export function noRingFigures(): RingFigures {
  return {
    mean4: 0,
    mean8: 0,
    mean16: 0,
    mean32: 0,
    mean64: 0,
    spread8: 0,
    spread32: 0,
    spread64: 0,
    low16: 0,
    high16: 0,
    low64: 0,
    high64: 0,
  };
}

/**
 * Reads the newest values of a ring.
 *
 * @param ring the value number n stands at n modulo its length
 * @param count how many values there were, at least one; of a ring that is not full the older places do not count
 * @param figures filled in; those that look further back than there are values speak of what there is
 */
export function readRing(ring: Float32Array, count: number, figures: RingFigures): void {
  const length = Math.min(count, ringSize);
  let sum = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let back = 1; back <= length; back++) {
    const value = ring[(count - back) & (ringSize - 1)] ?? 0;
    sum += value;
    low = value < low ? value : low;
    high = value > high ? value : high;
    if (back <= 4) figures.mean4 = sum / back;
    if (back <= 8) figures.mean8 = sum / back;
    if (back <= 16) {
      figures.mean16 = sum / back;
      figures.low16 = low;
      figures.high16 = high;
    }
    if (back <= 32) figures.mean32 = sum / back;
  }
  figures.mean64 = sum / length;
  figures.low64 = low;
  figures.high64 = high;
  readSpreads(ring, count, length, figures);
}

function readSpreads(ring: Float32Array, count: number, length: number, figures: RingFigures): void {
  const { mean8, mean32, mean64 } = figures;
  let squares8 = 0;
  let squares32 = 0;
  let squares64 = 0;
  for (let back = 1; back <= length; back++) {
    const value = ring[(count - back) & (ringSize - 1)] ?? 0;
    squares64 += (value - mean64) * (value - mean64);
    if (back <= 32) squares32 += (value - mean32) * (value - mean32);
    if (back <= 8) squares8 += (value - mean8) * (value - mean8);
  }
  figures.spread8 = Math.sqrt(squares8 / Math.min(length, 8));
  figures.spread32 = Math.sqrt(squares32 / Math.min(length, 32));
  figures.spread64 = Math.sqrt(squares64 / length);
}
