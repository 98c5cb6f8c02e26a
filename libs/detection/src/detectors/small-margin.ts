import type { Observation, PredictionDetector } from '../detector.ts';
import type { ScoreSummary, Sighting } from '../sighting.ts';
import { isLeast, leastBoundary } from '../statistics/least-share.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';
import {
  addValue,
  countUpTo,
  noValues,
  sortAgain,
  valueCount,
  type RecentValues,
} from '../statistics/recent-values.ts';
import { codedShare, shareCode } from '../statistics/value-codes.ts';
import { percent, quoted } from '../wording.ts';

export interface SmallMarginState {
  readonly recent: RecentValues;
}

/** With fewer values a rank among them says little, and the fixed threshold holds. */
const warmUpCount = 12;

const warmUpThreshold = 0.05;

/** Told apart from the draws of other detectors. */
const salt = 2;

/**
 * The two likeliest labels are nearly equal: a coin toss between two answers, however likely either is. With a
 * `threshold`, a gap below it; else the stream's own `share` of smallest gaps, by rank among the last 500. Most such
 * predictions are among the least sure ones too, and the default share is small, so it adds few flags to those of
 * `low-confidence`. The first 12 are held against a gap of 0.05.
 *
 * Settings: `share` and `threshold`, both in [0, 1], the latter perhaps null.
 *
 * @see Scheffer, Decomain and Wrobel, Active hidden Markov models for information extraction (2001), on margin sampling
 */
export const smallMargin: PredictionDetector<SmallMarginState> = {
  kind: 'small-margin',
  start: () => ({ recent: noValues() }),
  rebuild: ({ recent }) => sortAgain(recent),
  look(state, sighting, settings) {
    const { scores } = sighting;
    if (scores.count < 2 || scores.lowest < 0 || scores.top > 1) {
      return null;
    }
    const margin = scores.top - scores.second;
    const { share, threshold } = settings.detectors['small-margin'];
    const observation =
      threshold === null
        ? byShare(state.recent, sighting, margin, share)
        : byThreshold(scores, margin, threshold, 'threshold');
    addValue(state.recent, shareCode(margin));
    return observation;
  },
};

function byShare(recent: RecentValues, { scores, hash }: Sighting, margin: number, share: number): Observation | null {
  const count = valueCount(recent);
  if (count < warmUpCount) {
    return share > 0 ? byThreshold(scores, margin, warmUpThreshold, 'warm-up') : null;
  }
  if (!isLeast(recent, shareCode(margin), share, drawFrom(hash, salt))) {
    return null;
  }
  const wider = 1 - countUpTo(recent, shareCode(margin)) / count;
  return {
    score: margin,
    threshold: Math.max(margin, codedShare(leastBoundary(recent, share) ?? 0)),
    reason: `${tossUp(scores)}; the gap was wider in ${percent(wider)} of the last ${count}.`,
    evidence: { mode: 'share', share, wider, among: count, ...contenders(scores) },
  };
}

function byThreshold(
  scores: ScoreSummary,
  margin: number,
  threshold: number,
  mode: 'threshold' | 'warm-up',
): Observation | null {
  if (margin >= threshold) {
    return null;
  }
  const asked = `${mode === 'threshold' ? 'the policy asks for' : 'a new stream is asked for'} a gap of ${percent(threshold)}`;
  return {
    score: margin,
    threshold,
    reason: `${tossUp(scores)}; ${asked}.`,
    evidence: { mode, ...contenders(scores) },
  };
}

function tossUp({ top, topLabel, second, secondLabel }: ScoreSummary): string {
  return `Nearly a coin toss: ${quoted(topLabel)} has ${percent(top)}, ${quoted(secondLabel)} ${percent(second)}`;
}

function contenders({ top, topLabel, second, secondLabel }: ScoreSummary) {
  return {
    likeliest: [
      { label: topLabel, score: top },
      { label: secondLabel, score: second },
    ],
  };
}
