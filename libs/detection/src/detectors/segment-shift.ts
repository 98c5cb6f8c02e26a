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

export interface SegmentShiftState {
  readonly watched: WatchedMix;
  readonly derived: {
    /** By segment and value; see {@link findPlaces}. */
    places: ReadonlyMap<string, ReadonlyMap<string, number>> | null;
  };
}

const mostSegments = 15;
const mostKeys = 8;

const mixOfSegments: MixOfStream = {
  kind: 'segment-shift',
  salt: 7,
  subject: 'The mix of segments',
  others: 'all other segments',
  mostBytes: 500,
};

/** One list serves all predictions. */
const places: number[] = [];

/**
 * Other sources, places or groups send the predictions than did: a segment comes much more often than it did, or much
 * less, or new ones turn up. Often the first trace of a device that runs wild or has fallen out.
 *
 * Each segment with each of its values is watched by itself, the first 15 that are met within 150 predictions with
 * segments; all others count as one; of a prediction's segments the first eight count. The same method and promise as
 * `label-shift`.
 */
export const segmentShift: WindowDetector<SegmentShiftState> = {
  kind: 'segment-shift',
  start: () => ({ watched: noWatchedMix(mostSegments), derived: { places: null } }),
  rebuild(state) {
    rebuildWatchedMix(state.watched);
    state.derived.places = null;
  },
  look({ watched, derived }, sighting, settings) {
    const { segments } = sighting.observed.prediction;
    if (segments === undefined) {
      return null;
    }
    if (isLearningMix(watched)) {
      const names = Object.entries(segments).slice(0, mostKeys).map(nameOf);
      if (names.length > 0) {
        learnNames(watched, names, mixOfSegments.mostBytes);
      }
      derived.places = null;
      return null;
    }
    derived.places ??= findPlaces(watched.names.names);
    places.length = 0;
    for (const segment in segments) {
      if (places.length === mostKeys) {
        break;
      }
      places.push(derived.places.get(segment)?.get(segments[segment] ?? '') ?? -1);
    }
    return places.length === 0 ? null : lookAtMix(watched, places, mixOfSegments, sighting, settings);
  },
};

function nameOf([segment, value]: [string, string]): string {
  return `${segment}=${value}`;
}

/** Places by segment and value, so that no text is made for a prediction. A name with several `=` is met under each reading. */
function findPlaces(names: readonly string[]): Map<string, Map<string, number>> {
  const found = new Map<string, Map<string, number>>();
  names.forEach((name, place) => {
    for (let at = name.indexOf('='); at >= 0; at = name.indexOf('=', at + 1)) {
      const values = found.get(name.slice(0, at)) ?? new Map<string, number>();
      found.set(name.slice(0, at), values.set(name.slice(at + 1), place));
    }
  });
  return found;
}
