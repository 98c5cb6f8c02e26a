/**
 * When a recorded item is due on the wall clock.
 *
 * @param startMs when the replay began, milliseconds
 * @param offsetSeconds where the item stands in the recording
 * @param speed how many recorded seconds pass in one; `Infinity` means at once
 * @returns milliseconds
 */
export function dueAtMs(startMs: number, offsetSeconds: number, speed: number): number {
  return startMs + (offsetSeconds * 1000) / speed;
}

/**
 * An id that no earlier round has used, so that a repeated recording is not taken for duplicates.
 *
 * @param round names the round, short
 */
export function freshId(id: string, round: string): string {
  return `${id}~${round}`;
}
