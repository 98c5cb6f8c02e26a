/** The evidence of one detector on one stream that something has changed, as an e-value. */
export interface FlagEvidence<Key> {
  readonly key: Key;
  /** 0 or more; while nothing has changed its expectation is at most 1. See {@link weekEvidence}. */
  readonly eValue: number;
}

/**
 * Which window flags of many streams stand, so that among those that do the expected share of false ones is at most
 * `level`, however the streams depend on each other: the e-values are held against the number of all hypotheses, those
 * without a flag included.
 *
 * @param found those with evidence; at most one for each stream and detector
 * @param hypotheses how many streams and detectors were watched in all; at least as many as were found
 * @param level in (0, 1]
 * @returns the keys of those that stand, strongest first
 * @throws RangeError for fewer hypotheses than were found, or a level outside its range (a caller's mistake)
 * @see Wang and Ramdas, False discovery rate control with e-values (2022)
 */
export function standingFlags<Key>(
  found: readonly FlagEvidence<Key>[],
  hypotheses: number,
  level: number,
): readonly Key[] {
  if (!(hypotheses >= found.length)) {
    throw new RangeError(`${hypotheses} hypotheses are fewer than the ${found.length} that were found`);
  }
  if (!(level > 0 && level <= 1)) {
    throw new RangeError(`a level lies in (0, 1], not at ${level}`);
  }
  const sorted = found.filter(({ eValue }) => eValue > 0).toSorted((a, b) => b.eValue - a.eValue);
  let standing = 0;
  sorted.forEach(({ eValue }, place) => {
    standing = (place + 1) * eValue * level >= hypotheses ? place + 1 : standing;
  });
  return sorted.slice(0, standing).map(({ key }) => key);
}

/**
 * The evidence of a Shiryaev-Roberts sum as an e-value for "nothing changed this week": while nothing changes the sum after
 * n predictions is n on average, whenever one stops.
 *
 * @param score of the signal
 * @param weekly predictions of the stream in a week, above 0
 */
export function weekEvidence(score: number, weekly: number): number {
  return score / weekly;
}
