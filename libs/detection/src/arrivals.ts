/** When the last predictions were received, for a signal to say since when. */
export interface Arrivals {
  /** Tenths of a second since 1970, as far as 32 bits hold them: they count time up to 13 years back. */
  readonly tenths: Uint32Array;
  /** The first position that was noted; 0 before. */
  first: number;
  last: number;
  /** When the last one was received, in tenths of a second since 1970. */
  lastTenth: number;
}

/** As many as a change can be traced back. */
const remembered = 128;

export function noArrivals(): Arrivals {
  return { tenths: new Uint32Array(remembered), first: 0, last: 0, lastTenth: 0 };
}

/** @param receivedAtMs milliseconds since 1970 */
export function noteArrival(arrivals: Arrivals, position: number, receivedAtMs: number): void {
  arrivals.lastTenth = Math.floor(receivedAtMs / 100);
  arrivals.tenths[position % remembered] = arrivals.lastTenth % 2 ** 32;
  arrivals.first = arrivals.first === 0 ? position : arrivals.first;
  arrivals.last = position;
}

/**
 * The beginning of a stretch that ends with the newest prediction, in time to a tenth of a second.
 *
 * @param count predictions in the stretch, this one included; more than are remembered count as those remembered
 */
export function stretchStart(arrivals: Arrivals, count: number): { fromPosition: number; fromMs: number } {
  const known = Math.min(remembered, arrivals.last - arrivals.first + 1);
  const fromPosition = arrivals.last - Math.max(1, Math.min(count, known)) + 1;
  const back = (arrivals.lastTenth - (arrivals.tenths[fromPosition % remembered] ?? 0)) % 2 ** 32;
  return { fromPosition, fromMs: (arrivals.lastTenth - (back < 0 ? back + 2 ** 32 : back)) * 100 };
}
