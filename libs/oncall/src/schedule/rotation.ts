import type { Rotation, RotationUnit } from '@watchfloor/contracts';
import { dayMs, hourMs, readingOfDate, readingOfTime } from './wall-time.ts';
import type { WallMs } from './zone-clock.ts';

const unitMs: Record<RotationUnit, number> = { hour: hourMs, day: dayMs, week: 7 * dayMs };

/** How long a turn lasts on the clock. */
export function turnLengthMs({ unit, length }: Rotation): number {
  return unitMs[unit] * length;
}

/** The reading at which a shift begins, and the one before it ends. @param shift number from 0, the first turn of all */
export function handOffReading(rotation: Rotation, shift: number): WallMs {
  return readingOfDate(rotation.startsOn) + readingOfTime(rotation.handOffAt) + shift * turnLengthMs(rotation);
}

/** The number of the shift that holds a reading; negative before the rotation has begun. */
export function shiftNumberAt(rotation: Rotation, reading: WallMs): number {
  return Math.floor((reading - handOffReading(rotation, 0)) / turnLengthMs(rotation));
}

/** Whose turn a shift is. @throws RangeError for a negative number or an empty rotation (a caller's mistake) */
export function participantOf(rotation: Rotation, shift: number): string {
  const personId = rotation.participants[shift % rotation.participants.length];
  if (personId === undefined) {
    throw new RangeError('nobody has a turn in this rotation');
  }
  return personId;
}
