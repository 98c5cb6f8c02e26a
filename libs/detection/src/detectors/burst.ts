import type { WindowDetector } from '../detector.ts';
import { stretchStart } from '../arrivals.ts';
import { busyMinute, minuteMs } from '../statistics/pace.ts';
import { figure } from '../wording.ts';

export interface BurstState {
  /** Start of the newest minute that was too full, milliseconds since 1970; 0 before. */
  burstMs: number;
}

/**
 * A minute with more than `factor` times the predictions of a usual one, and at least `atLeastPerMinute`: a sender in a
 * loop, a queue that runs over, an attack. Speaks as soon as the minute is too full, once for as long as each minute is.
 * The usual minute is learnt from closed minutes with a half-life of an hour, five at least; for a stream that comes in
 * batches it is the minute of a batch.
 *
 * By chance, for independent arrivals (Poisson), five times the usual and 60 at least has a probability below e^-48 a
 * minute.
 */
export const burst: WindowDetector<BurstState> = {
  kind: 'burst',
  start: () => ({ burstMs: 0 }),
  look(state, { countInMinute, minuteStartMs: startMs, pace, arrivals }, settings) {
    const usual = busyMinute(pace);
    const { factor, atLeastPerMinute } = settings.detectors.burst;
    if (usual === null || countInMinute <= factor * usual || countInMinute < atLeastPerMinute) {
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
