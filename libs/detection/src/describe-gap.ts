import type { Observation } from './detector.ts';
import { nameOfCell, type RateGap, type SegmentTest } from './statistics/segment-test.ts';
import { finite, percent, quoted, sevenDigits } from './wording.ts';

/** What may come at different rates: what is seen of every prediction, and what only answers tell. */
export const disparityMeasures = ['doubted', 'favourable', 'error', 'overridden', 'denied'] as const;
export type DisparityMeasure = (typeof disparityMeasures)[number];

/** How a rate is spoken of: "42 % are ... there". */
const inWords: Record<DisparityMeasure, string> = {
  doubted: 'in doubt',
  favourable: 'answered favourably',
  error: 'wrong',
  overridden: 'overridden by people',
  denied: 'refused what they should have got',
};

/** A difference between a value of a segment and the others, told for a person. */
export function describeGap(test: SegmentTest, gap: RateGap, measure: DisparityMeasure, level: number): Observation {
  const { segment, value } = nameOfCell(test, gap.cell);
  const { own, other, pairs } = gap;
  return {
    score: sevenDigits(finite(gap.evidence)),
    threshold: sevenDigits(gap.needed),
    reason: `Where ${quoted(segment)} is ${quoted(value)}, ${percent(own)} are ${inWords[measure]}, elsewhere ${percent(other)}, over ${pairs} pairs. Without a difference, a stream ever shows this with a probability of at most ${percent(level)}.`,
    evidence: { measure, segment, value, here: sevenDigits(own), elsewhere: sevenDigits(other), pairs, level },
  };
}
