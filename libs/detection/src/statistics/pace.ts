import { hourMs } from './day-cells.ts';
import { learnHour, noHourProfile, usualAt, type HourProfile } from './hour-profile.ts';

/**
 * How many predictions a stream usually gets in a minute, learnt from closed minutes with a half-life of an hour, and in a
 * week, with a half-life of three days.
 */
export interface Pace {
  /** Start of the newest minute taken in, milliseconds since 1970. */
  newestMs: number;
  /** Minutes with predictions that were taken in, ever. */
  known: number;
  /** Fading sums over minutes: of 1 (empty ones too), of the count and of its square. */
  minutes: number;
  counts: number;
  squares: number;
  /** The same with a longer memory: minutes, empty ones too, and their predictions. */
  longMinutes: number;
  longCounts: number;
  /** The busy minute of each hour of the week. */
  readonly hours: HourProfile;
  /** The hour that is gathered, counted from 1970; its predictions, and the sum of its minutes' squares. */
  hour: number;
  hourCounts: number;
  hourSquares: number;
  /** The newest minute's count, and a fading sum of half the squares of the steps from one minute to the next. */
  lastCount: number;
  steps: number;
}

const keepAMinute = 2 ** (-1 / 60);
const keepLonger = 2 ** (-1 / 4_320);

/** An hour of minutes says what a week may bring; fewer would mistake a beginning for it. */
const fewestOfWeek = 60;

const minutesPerWeek = 10_080;

/** Fewer minutes make no habit. */
const fewestMinutes = 5;

/** A minute counts for at most so many busy ones, so that one burst does not hide the next. */
const mostBusyMinutes = 5;

export const minuteMs = 60_000;

export function noPace(): Pace {
  return {
    newestMs: 0,
    known: 0,
    minutes: 0,
    counts: 0,
    squares: 0,
    longMinutes: 0,
    longCounts: 0,
    hours: noHourProfile(),
    hour: -1,
    hourCounts: 0,
    hourSquares: 0,
    lastCount: 0,
    steps: 0,
  };
}

/**
 * Takes in a closed minute.
 *
 * @param startMs its start, milliseconds since 1970, later than that of the last one
 * @param predictions at least 1
 */
export function learnPace(pace: Pace, startMs: number, predictions: number): void {
  const busy = busyMinute(pace);
  const count = busy === null ? predictions : Math.min(predictions, mostBusyMinutes * busy);
  const passed = pace.known === 0 ? 1 : Math.max(1, Math.round((startMs - pace.newestMs) / minuteMs));
  const keep = keepAMinute ** passed;
  pace.minutes = pace.minutes * keep + (1 - keep) / (1 - keepAMinute);
  pace.counts = pace.counts * keep + count;
  pace.squares = pace.squares * keep + count * count;
  const step = pace.known === 0 ? 0 : count - pace.lastCount;
  pace.steps = pace.steps * keep + (step * step) / 2;
  pace.lastCount = count;
  const keepLong = keepLonger ** passed;
  pace.longMinutes = pace.longMinutes * keepLong + (1 - keepLong) / (1 - keepLonger);
  pace.longCounts = pace.longCounts * keepLong + count;
  pace.newestMs = startMs;
  pace.known++;
  learnMinute(pace, Math.floor(startMs / hourMs), count);
}

/** Predictions in a minute on average, empty minutes included; null until five minutes are known. */
export function usualPerMinute(pace: Pace): number | null {
  return pace.known < fewestMinutes ? null : pace.counts / pace.minutes;
}

/** Predictions in a week on average, at the pace of the last days; null until an hour is known. */
export function weeklyPredictions(pace: Pace): number | null {
  const isKnown = pace.known >= fewestMinutes && pace.longMinutes >= fewestOfWeek;
  return isKnown ? (pace.longCounts / pace.longMinutes) * minutesPerWeek : null;
}

/**
 * Predictions in the minute in which a prediction usually falls; null until five minutes are known. For an even stream
 * this is the average; for one that comes in batches it is the batch, so that the next batch is no surprise.
 */
export function busyMinute(pace: Pace): number | null {
  return pace.known < fewestMinutes ? null : pace.squares / pace.counts;
}

/** The busy minute that is usual at this hour of the week, or of the day; null while neither is known. */
export function usualMinuteAt(pace: Pace, ms: number): number | null {
  return usualAt(pace.hours, ms);
}

/**
 * How much more minutes differ than independent arrivals would: variance over mean, at least 1. The variance is taken from
 * the steps between minutes, which a slow rise does not swell.
 */
export function unevenness({ counts, steps }: Pace): number {
  return counts > 0 ? Math.max(1, steps / counts) : 1;
}

function learnMinute(pace: Pace, hour: number, count: number): void {
  if (hour !== pace.hour) {
    if (pace.hourCounts > 0) {
      learnHour(pace.hours, pace.hour, pace.hourSquares / pace.hourCounts);
    }
    pace.hour = hour;
    pace.hourCounts = 0;
    pace.hourSquares = 0;
  }
  pace.hourCounts += count;
  pace.hourSquares += count * count;
}
