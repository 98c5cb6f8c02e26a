import { secondsBetween, type Instant } from '@watchfloor/contracts';

/**
 * A span as one says it: `3 s`, `4 min`, `2 h`.
 *
 * @param seconds rounded up to whole ones; under half a second, and below 0, `a moment`
 */
export function inWords(seconds: number): string {
  if (seconds < 0.5) {
    return 'a moment';
  }
  if (seconds < 120) {
    return `${Math.ceil(seconds)} s`;
  }
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

export function spanInWords(from: Instant, to: Instant): string {
  return inWords(secondsBetween(from, to));
}
