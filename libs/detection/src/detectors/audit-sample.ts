import { auditChance } from '../audit-plan.ts';
import type { PredictionDetector } from '../detector.ts';
import { auditDraw } from '../statistics/audit-draw.ts';
import { percent } from '../wording.ts';

/**
 * A fair sample of everything, the sure and ordinary included: what is found in it holds for the whole stream when each
 * answer is weighted with one over its probability of being drawn. The draw is a keyed hash of stream and id
 * ({@link auditDraw}), so a replay draws the same, and whoever does not know the key can neither foretell nor choose it.
 *
 * Setting: `probability`, in [0, 1], unless a plan says otherwise ({@link auditChance}).
 *
 * @see Horvitz and Thompson, A generalization of sampling without replacement from a finite universe (1952)
 */
export const auditSample: PredictionDetector<object> = {
  kind: 'audit-sample',
  start: () => ({}),
  look(_state, { observed, confidence }, settings) {
    const probability = auditChance(settings, confidence);
    if (probability === null || probability <= 0) {
      return null;
    }
    const draw = auditDraw(settings.auditKey, settings.streamName, observed.prediction.id);
    if (draw >= probability) {
      return null;
    }
    return {
      score: draw,
      threshold: probability,
      reason: `Drawn by chance to be looked at: ${percent(probability)} of predictions like this are, whatever the model says.`,
      evidence: { probability, draw, hash: 'siphash-2-4' },
    };
  },
};
