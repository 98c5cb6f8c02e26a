/** When the last predictions were received, for a signal to say since when. */
export interface Arrivals {
  /** Milliseconds from the prediction before to each; what is beyond 49 days counts as so much. */
  readonly gaps: Uint32Array;
  /** When the last one was received, milliseconds since 1970. */
  lastMs: number;
  /** The first position that was noted; 0 before. */
  first: number;
  last: number;
}

/** As many as a change can be traced back. */
const remembered = 128;

const longestGapMs = 2 ** 32 - 1;

export function noArrivals(): Arrivals {
  return { gaps: new Uint32Array(remembered), lastMs: 0, first: 0, last: 0 };
}

/** @param receivedAtMs milliseconds since 1970 */
export function noteArrival(arrivals: Arrivals, position: number, receivedAtMs: number): void {
  const gapMs = Math.round(receivedAtMs - arrivals.lastMs);
  arrivals.gaps[position % remembered] = Math.min(longestGapMs, Math.max(0, gapMs));
  arrivals.lastMs = receivedAtMs;
  arrivals.first = arrivals.first === 0 ? position : arrivals.first;
  arrivals.last = position;
}

/**
 * The beginning of a stretch that ends with the newest prediction.
 *
 * @param count predictions in the stretch, this one included; more than are remembered count as those remembered
 */
export function stretchStart(arrivals: Arrivals, count: number): { fromPosition: number; fromMs: number } {
  const known = Math.min(remembered, arrivals.last - arrivals.first + 1);
  const fromPosition = arrivals.last - Math.max(1, Math.min(count, known)) + 1;
  let fromMs = arrivals.lastMs;
  for (let position = arrivals.last; position > fromPosition; position--) {
    fromMs -= arrivals.gaps[position % remembered] ?? 0;
  }
  return { fromPosition, fromMs };
}
