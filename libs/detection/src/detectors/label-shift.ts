import type { WindowDetector } from '../detector.ts';
import {
  isLearningMix,
  learnNames,
  lookAtMix,
  noWatchedMix,
  rebuildWatchedMix,
  type MixOfStream,
  type WatchedMix,
} from '../look-at-mix.ts';
import { placeOf } from '../statistics/label-counts.ts';

const mostLabels = 23;

const mixOfLabels: MixOfStream = {
  kind: 'label-shift',
  salt: 6,
  subject: 'The mix of answers',
  others: 'all other labels',
  mostBytes: 1_000,
};

/** One list serves all predictions. */
const places = [-1];

/**
 * The mix of the model's answers has changed: some label comes much more often than it did, or much less, or new ones turn
 * up. That may be the world, or the model, or what it is fed with.
 *
 * The labels of the first 150 predictions are watched one by one, 23 at most; all others count as one. Then it speaks when
 * the evidence for a change of one label reaches the height that follows from the budget of alarms, or from
 * `falseAlarmEvery`, times the number of labels watched. If nothing changes, and no order of the predictions (of those of
 * one hour of the day, where the hours differ) is likelier than another, a false alarm within n predictions has a
 * probability of at most n over that. After an alarm it learns anew.
 */
export const labelShift: WindowDetector<WatchedMix> = {
  kind: 'label-shift',
  start: () => noWatchedMix(mostLabels),
  rebuild: rebuildWatchedMix,
  look(watched, sighting, settings) {
    const { label } = sighting.observed.prediction;
    if (label === undefined) {
      return null;
    }
    if (isLearningMix(watched)) {
      learnNames(watched, [label], mixOfLabels.mostBytes);
      return null;
    }
    places[0] = placeOf(watched.names, label);
    return lookAtMix(watched, places, mixOfLabels, sighting, settings);
  },
};
