import { budgetShares } from '../alarm-budget.ts';
import { stretchStart } from '../arrivals.ts';
import type { WindowDetector } from '../detector.ts';
import { busyMinute, minuteMs, unevenness, usualMinuteAt } from '../statistics/pace.ts';
import { figure } from '../wording.ts';

export interface BurstState {
  /** Start of the newest minute that was too full, milliseconds since 1970; 0 before. */
  burstMs: number;
}

const minutesPerWeek = 10_080;

/** By chance, no minute is a burst with a greater probability than this. */
const greatestTail = 1e-6;

/**
 * A minute with more than `factor` times the predictions of a usual one at this hour of the week, and at least
 * `atLeastPerMinute`: a sender in a loop, a queue that runs over, an attack. Speaks as soon as the minute is too full, once
 * for as long as each minute is. The usual minute is the busier of two: of the last hour, and of the same hour of the week
 * and the two beside it (of the day, until the week is known). For a stream that comes in batches it is the minute of a
 * batch.
 *
 * Besides, so many must have a probability of at most 10^-6 a minute, or of the detector's share of the budget of alarms if
 * that is less, for arrivals as uneven as the stream's (a Poisson tail by Chernoff's bound, its exponent divided by the
 * variance over the mean).
 */
export const burst: WindowDetector<BurstState> = {
  kind: 'burst',
  start: () => ({ burstMs: 0 }),
  look(state, { countInMinute, minuteStartMs: startMs, pace, arrivals }, settings) {
    const { factor, atLeastPerMinute } = settings.detectors.burst;
    if (countInMinute < atLeastPerMinute) {
      return null;
    }
    const recent = busyMinute(pace);
    if (recent === null || countInMinute <= factor * recent) {
      return null;
    }
    const usual = Math.max(recent, usualMinuteAt(pace, startMs) ?? 0);
    const tail = Math.min(greatestTail, (budgetShares.burst * settings.alarms.windowFlagsPerWeek) / minutesPerWeek);
    if (countInMinute <= factor * usual || chance(countInMinute, usual, unevenness(pace)) > tail) {
      return null;
    }
    const isGoingOn = state.burstMs > 0 && startMs - state.burstMs <= minuteMs;
    state.burstMs = startMs;
    if (isGoingOn) {
      return null;
    }
    const threshold = Math.max(factor * usual, atLeastPerMinute);
    return {
      score: countInMinute,
      threshold,
      reason: `${countInMinute} predictions within this minute already; a usual one has ${figure(usual)}.`,
      evidence: { inMinute: countInMinute, usualPerMinute: usual, factor },
      ...stretchStart(arrivals, countInMinute),
      fromMs: startMs,
    };
  },
};

/** An upper bound of the probability of so many. */
function chance(count: number, usual: number, uneven: number): number {
  return Math.exp(-(count * Math.log(count / usual) - count + usual) / uneven);
}
