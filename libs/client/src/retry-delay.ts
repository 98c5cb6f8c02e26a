const firstMs = 100;
const longestMs = 15_000;

/**
 * How long to wait before the next try: exponential backoff with full jitter, or what the server asked for if that is longer.
 *
 * @param tries how many tries have failed, from 1
 * @param retryAfterSeconds the server's `Retry-After`, 0 if it gave none
 * @param chance a random number in [0, 1)
 * @returns milliseconds
 * @see Brooker (2015), Exponential Backoff and Jitter, AWS Architecture Blog
 */
export function retryDelayMs(tries: number, retryAfterSeconds: number, chance: number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(tries - 1, 20));
  return Math.max(chance * ceiling, retryAfterSeconds * 1000);
}
