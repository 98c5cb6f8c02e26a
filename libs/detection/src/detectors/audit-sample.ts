import type { PredictionDetector } from '../detector.ts';
import { percent } from '../wording.ts';

/**
 * A fair sample of everything, the sure and ordinary included: what is found in it holds for the whole stream when each
 * answer is weighted with one over its probability of being drawn. The draw is MurmurHash3 (x86, 32 bit, seed 0) of the
 * UTF-8 text `stream`, newline, `id`, divided by 2^32, so anybody can repeat it, and a replay draws the same. Whoever
 * chooses the ids could choose what is drawn; where that matters, ids should be random (UUIDs are).
 *
 * Setting: `probability`, in [0, 1].
 *
 * @see Horvitz and Thompson, A generalization of sampling without replacement from a finite universe (1952)
 */
export const auditSample: PredictionDetector<object> = {
  kind: 'audit-sample',
  start: () => ({}),
  look(_state, sighting, settings) {
    const { probability } = settings.detectors['audit-sample'];
    const draw = sighting.hash / 0x1_0000_0000;
    if (draw >= probability) {
      return null;
    }
    return {
      score: draw,
      threshold: probability,
      reason: `Drawn by chance to be looked at: ${percent(probability)} of this stream is, whatever the model says.`,
      evidence: { probability, draw, hash: 'murmur3-32' },
    };
  },
};
