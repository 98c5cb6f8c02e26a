/** How often scores of each size came, over the last few thousand: to tell the least of a stream's own. */
export interface RareScores {
  readonly counts: Uint16Array;
  total: number;
}

/** When so many are counted, all counts are halved. */
const mostCounted = 4_096;

export function noScores(bins: number): RareScores {
  return { counts: new Uint16Array(bins), total: 0 };
}

/** Takes in a score. @param bin a whole number from 0; beyond the last it counts into the last */
export function countScore(scores: RareScores, bin: number): void {
  const { counts } = scores;
  const own = Math.min(bin, counts.length - 1);
  counts[own] = (counts[own] ?? 0) + 1;
  if (++scores.total >= mostCounted) {
    halve(scores);
  }
}

/** The share of scores in this bin or a lower one, one more counted into it; in (0, 1]. */
export function shareUpTo({ counts, total }: RareScores, bin: number): number {
  let below = 1;
  for (let lower = 0; lower <= bin && lower < counts.length; lower++) {
    below += counts[lower] ?? 0;
  }
  return below / (total + 1);
}

function halve(scores: RareScores): void {
  scores.total = 0;
  for (let bin = 0; bin < scores.counts.length; bin++) {
    const half = (scores.counts[bin] ?? 0) >> 1;
    scores.counts[bin] = half;
    scores.total += half;
  }
}
