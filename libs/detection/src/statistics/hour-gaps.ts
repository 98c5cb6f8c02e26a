import { hourMs } from './day-cells.ts';
import { learnHour, noHourProfile, usualAt, type HourProfile } from './hour-profile.ts';

/**
 * The gap in which a stream stands at a random moment of each hour of the week: for an even stream its gap, for one that
 * is closed at night the night.
 */
export interface HourGaps {
  readonly profile: HourProfile;
  /** The hour that is gathered, counted from 1970; -1 for none. */
  hour: number;
  /** Milliseconds of it that gaps covered, and the same weighed with each gap's whole length. */
  covered: number;
  weighed: number;
}

/** An hour that was seen for less than this share is not learnt. */
const leastCovered = 0.5;

const longestGapMs = 168 * hourMs;

export function noHourGaps(): HourGaps {
  return { profile: noHourProfile(), hour: -1, covered: 0, weighed: 0 };
}

/** Takes in a gap between two predictions; an hour is learnt when a gap leads out of it. */
export function learnHourGap(gaps: HourGaps, fromMs: number, toMs: number): void {
  const length = toMs - fromMs;
  let startMs = Math.max(fromMs, toMs - longestGapMs);
  while (startMs < toMs) {
    const hour = Math.floor(startMs / hourMs);
    const hourEndMs = (hour + 1) * hourMs;
    const endMs = Math.min(toMs, hourEndMs);
    if (hour !== gaps.hour) {
      forgetHour(gaps);
      gaps.hour = hour;
    }
    gaps.covered += endMs - startMs;
    gaps.weighed += (endMs - startMs) * length;
    if (endMs === hourEndMs) {
      if (gaps.covered >= leastCovered * hourMs) {
        learnHour(gaps.profile, hour, gaps.weighed / gaps.covered);
      }
      forgetHour(gaps);
    }
    startMs = endMs;
  }
}

/** Leaves the hour out that is gathered: nobody knows what happened in it. */
export function forgetHour(gaps: HourGaps): void {
  gaps.hour = -1;
  gaps.covered = 0;
  gaps.weighed = 0;
}

/** @returns milliseconds; null while the hour is not known */
export function usualGapAt(gaps: HourGaps, ms: number): number | null {
  return usualAt(gaps.profile, ms);
}
