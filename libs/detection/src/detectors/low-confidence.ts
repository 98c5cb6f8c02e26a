import type { Observation, PredictionDetector } from '../detector.ts';
import type { Sighting } from '../sighting.ts';
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

export interface LowConfidenceState {
  readonly recent: RecentValues;
  /** The confidence below which a prediction is flagged just now; -1 while there is no such. */
  flaggedBelow: number;
}

/** With fewer values a rank among them says little, and the fixed threshold holds. */
const warmUpCount = 12;

/** Below it the model itself holds that its answer is more likely wrong than right. */
const warmUpThreshold = 0.5;

/** Told apart from the draws of other detectors. */
const salt = 1;

/**
 * The model is unsure of its answer. With a `threshold`, a confidence below it; else the stream's own least sure `share`,
 * by the confidence's rank among the last 500, which follows the stream and needs no calibration. The first 12 are held
 * against one half. Where no confidence is given, the score of the answer stands for it. A certified confidence that is in force
 * (`auditPlan`) takes the place of `threshold`; then a prediction without a confidence is flagged, too.
 *
 * Settings: `share` and `threshold`, both in [0, 1], the latter perhaps null.
 *
 * @see Hendrycks and Gimpel, A baseline for detecting misclassified and out-of-distribution examples (2017)
 */
export const lowConfidence: PredictionDetector<LowConfidenceState> = {
  kind: 'low-confidence',
  start: () => ({ recent: noValues(), flaggedBelow: -1 }),
  rebuild: ({ recent }) => sortAgain(recent),
  look(state, sighting, settings) {
    const { confidence } = sighting;
    const certified = settings.auditPlan?.certified ?? null;
    // Outside [0, 1] it is malformed, and would spoil the ranks of the sound ones.
    if (!(confidence >= 0 && confidence <= 1)) {
      return certified === null ? null : uncertified(certified);
    }
    const { share, threshold: own } = settings.detectors['low-confidence'];
    const threshold = certified ?? own;
    const observation =
      threshold === null
        ? byShare(state.recent, sighting, share)
        : byThreshold(sighting, threshold, certified === null ? 'policy' : 'certificate');
    addValue(state.recent, shareCode(confidence));
    state.flaggedBelow = threshold ?? boundaryOf(state.recent, share);
    return observation;
  },
};

function byThreshold(sighting: Sighting, threshold: number, from: 'policy' | 'certificate'): Observation | null {
  if (sighting.confidence >= threshold) {
    return null;
  }
  const reason = `${unsure(sighting)}; the ${from} asks for ${percent(threshold)}.`;
  const mode = from === 'policy' ? 'threshold' : 'certificate';
  return { score: sighting.confidence, threshold, reason, evidence: { mode, ...answer(sighting) } };
}

/** No certificate speaks for a prediction that says nothing of its confidence. */
function uncertified(threshold: number): Observation {
  const reason = `The model gives no confidence; the certificate asks for ${percent(threshold)}.`;
  return { score: 0, threshold, reason, evidence: { mode: 'certificate' } };
}

function byShare(recent: RecentValues, sighting: Sighting, share: number): Observation | null {
  const count = valueCount(recent);
  if (count < warmUpCount) {
    return share > 0 ? whileWarmingUp(sighting) : null;
  }
  const { confidence } = sighting;
  if (!isLeast(recent, shareCode(confidence), share, drawFrom(sighting.hash, salt))) {
    return null;
  }
  const surer = 1 - countUpTo(recent, shareCode(confidence)) / count;
  return {
    score: confidence,
    threshold: Math.max(confidence, codedShare(leastBoundary(recent, share) ?? 0)),
    reason: `${unsure(sighting)}; it was surer in ${percent(surer)} of its last ${count}.`,
    evidence: { mode: 'share', share, surer, among: count, ...answer(sighting) },
  };
}

function whileWarmingUp(sighting: Sighting): Observation | null {
  if (sighting.confidence >= warmUpThreshold) {
    return null;
  }
  return {
    score: sighting.confidence,
    threshold: warmUpThreshold,
    reason: `${unsure(sighting)}, so it is more likely wrong than right. What is usual for the stream is not known yet.`,
    evidence: { mode: 'warm-up', ...answer(sighting) },
  };
}

function boundaryOf(recent: RecentValues, share: number): number {
  if (share === 0) {
    return -1;
  }
  if (valueCount(recent) < warmUpCount) {
    return warmUpThreshold;
  }
  const boundary = leastBoundary(recent, share);
  return boundary === null ? -1 : codedShare(boundary);
}

function unsure({ confidence, observed }: Sighting): string {
  const { label } = observed.prediction;
  return `The model is only ${percent(confidence)} sure of ${label === undefined ? 'its value' : quoted(label)}`;
}

function answer({ observed }: Sighting): { label?: string } {
  const { label } = observed.prediction;
  return label === undefined ? {} : { label };
}
