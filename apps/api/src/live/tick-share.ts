/** Those who listen to every stream get so many ticks in a window at most ... */
export const sharedTicks = 500;
/** ... of so many milliseconds. */
export const windowMs = 500;

/**
 * Keeps a floor of thousands of streams from drowning those who listen to all of them: beyond a bound every stream has its
 * turn in every second, third, ... window.
 */
export class TickShare {
  private window = 0;
  private seen = 0;
  private turns = 1;

  /** @param nowMs milliseconds of a steady clock @returns whether this tick goes to those who listen to all */
  mayGo(nowMs: number): boolean {
    const window = Math.floor(nowMs / windowMs);
    if (window !== this.window) {
      this.turns = Math.max(1, Math.ceil(this.seen / sharedTicks));
      this.window = window;
      this.seen = 0;
    }
    const place = this.seen;
    this.seen += 1;
    return place < sharedTicks * this.turns && (place + window) % this.turns === 0;
  }
}
