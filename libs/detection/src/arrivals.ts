/** When the last predictions were received, for a signal to say since when. */
export interface Arrivals {
  readonly times: Float64Array;
  /** The first position that was noted; 0 before. */
  first: number;
  last: number;
}

/** As many as a change can be traced back. */
const remembered = 128;

export function noArrivals(): Arrivals {
  return { times: new Float64Array(remembered), first: 0, last: 0 };
}

/** @param receivedAtMs milliseconds since 1970 */
export function noteArrival(arrivals: Arrivals, position: number, receivedAtMs: number): void {
  arrivals.times[position % remembered] = receivedAtMs;
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
  return { fromPosition, fromMs: arrivals.times[fromPosition % remembered] ?? 0 };
}
