/**
 * How many predictions a stream usually gets in a minute, learnt from closed minutes with a half-life of an hour. An hour
 * of the week may have a pace of its own later; then this becomes one of many.
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
}

const keepAMinute = 2 ** (-1 / 60);

/** Fewer minutes make no habit. */
const fewestMinutes = 5;

/** A minute counts for at most so many busy ones, so that one burst does not hide the next. */
const mostBusyMinutes = 5;

export const minuteMs = 60_000;

export function noPace(): Pace {
  return { newestMs: 0, known: 0, minutes: 0, counts: 0, squares: 0 };
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
  pace.newestMs = startMs;
  pace.known++;
}

/** Predictions in a minute on average, empty minutes included; null until five minutes are known. */
export function usualPerMinute(pace: Pace): number | null {
  return pace.known < fewestMinutes ? null : pace.counts / pace.minutes;
}

/**
 * Predictions in the minute in which a prediction usually falls; null until five minutes are known. For an even stream
 * this is the average; for one that comes in batches it is the batch, so that the next batch is no surprise.
 */
export function busyMinute(pace: Pace): number | null {
  return pace.known < fewestMinutes ? null : pace.squares / pace.counts;
}
