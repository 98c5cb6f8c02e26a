/** How many events a socket may send: a burst, and then so many a second. */
export const eventLimits = { burst: 40, perSecond: 10, refusedBeforeCut: 100 } as const;

/** What to do with an event: hear it, leave it unheard, or close the socket that will not stop. */
export type Hearing = 'heard' | 'unheard' | 'cut';

/** A token bucket of one socket. */
export class EventBudget {
  private left: number = eventLimits.burst;
  private refused = 0;
  private countedAtMs: number;

  /** @param nowMs milliseconds of any steady clock, the same for all calls */
  constructor(nowMs: number) {
    this.countedAtMs = nowMs;
  }

  spend(nowMs: number): Hearing {
    const earned = ((nowMs - this.countedAtMs) / 1_000) * eventLimits.perSecond;
    this.left = Math.min(eventLimits.burst, this.left + earned);
    this.countedAtMs = nowMs;
    if (this.left >= 1) {
      this.left -= 1;
      this.refused = 0;
      return 'heard';
    }
    this.refused += 1;
    return this.refused >= eventLimits.refusedBeforeCut ? 'cut' : 'unheard';
  }
}
