import { hourMs } from './day-cells.ts';

/**
 * How far a detector of shifts knows the day of its stream, and which of its two views it believes: *all*, which compares
 * with everything before, or *day*, which compares with the same hour of other days.
 */
export interface DayCourse {
  /** Hours that the stream was watched; see {@link firstDay} and {@link knownDay}. */
  hours: number;
  /** The hour in which the newest prediction was received, counted from 1970; -1 before the first. */
  lastHour: number;
  /** When a prediction was last taken into the view of the day, milliseconds since 1970. */
  lastTakenMs: number;
  /** The hours of the day were found to differ. */
  isShaped: boolean;
  /** Something was said before the day was known. */
  isTold: boolean;
  /** Since when the evidence of the view of all stands above the root of the height that it must reach. */
  risingMs: number;
}

/** When a prediction happened: by its model's clock, as far as that can be believed, and by ours. Milliseconds since 1970. */
export interface Moment {
  readonly eventMs: number;
  readonly receivedMs: number;
}

/** So many hours show which bins and cuts the view of the day needs; from then on it fills its cells. */
export const firstDay = 24;

/** After so many hours they were filled twice. */
export const knownDay = 72;

/**
 * The view of the day takes in one prediction in three seconds. More would tell apart the beginning and the end of an
 * hour, which nobody wants to be told of every day.
 */
const restMs = 3_000;

/** A rhythm of the day gathers its evidence more slowly than in five minutes. */
const abruptMs = 300_000;

export function noDayCourse(): DayCourse {
  return { hours: 0, lastHour: -1, lastTakenMs: 0, isShaped: false, isTold: false, risingMs: 0 };
}

/** A pause counts for so many hours at most: a night. */
const longestPause = 16;

/** Counts the hours of the stream, its pauses included. */
export function noteHour(course: DayCourse, receivedMs: number): void {
  const hour = Math.floor(receivedMs / hourMs);
  if (hour !== course.lastHour) {
    const passed = course.lastHour < 0 ? 0 : hour - course.lastHour;
    course.hours += passed > 0 ? Math.min(longestPause, passed) : 0;
    course.lastHour = hour;
  }
}

/** Whether the view of the day takes this prediction in. */
export function isTaken(course: DayCourse, receivedMs: number): boolean {
  const rested = receivedMs - course.lastTakenMs;
  if (rested >= 0 && rested < restMs) {
    return false;
  }
  course.lastTakenMs = receivedMs;
  return true;
}

/** What becomes of the evidence: one of the views `speaks`, or what the view of all found is the day's own rhythm. */
export type Hearing = 'all' | 'day' | 'rhythm' | null;

/**
 * Hears both views.
 *
 * Until the day is known, the view of all speaks once; what comes later must have come within five minutes, for a rhythm
 * looks like one change after another. When the day is known, the view of all speaks of a stream whose hours are alike,
 * and the view of the day of one whose hours differ.
 *
 * @param all evidence of the view of all
 * @param day evidence of the view of the day
 * @param height which evidence must reach
 * @param hasShape asked only when it matters
 */
export function hear(
  course: DayCourse,
  { all, day, height, receivedMs }: { all: number; day: number; height: number; receivedMs: number },
  hasShape: () => boolean,
): Hearing {
  if (all < Math.sqrt(height)) {
    course.risingMs = receivedMs;
  }
  if (day >= height && course.hours >= knownDay && hasShape()) {
    course.isShaped = true;
    return 'day';
  }
  if (all < height) {
    return null;
  }
  if (course.hours >= knownDay) {
    course.isShaped = hasShape();
    return course.isShaped ? 'rhythm' : 'all';
  }
  const isAbrupt = Math.abs(receivedMs - course.risingMs) <= abruptMs;
  return course.isShaped || (course.isTold && !isAbrupt) ? 'rhythm' : 'all';
}

/**
 * After something was said of a stream whose day is known, the view of the day begins again with the next hour. While it is
 * not known, it goes on: a rhythm could otherwise keep itself from being learnt.
 *
 * @returns whether the cells of the day are to be emptied
 */
export function noteTold(course: DayCourse): boolean {
  const isKnown = course.hours >= knownDay;
  course.isTold = !isKnown;
  course.hours = isKnown ? firstDay - 1 : course.hours;
  return isKnown;
}
