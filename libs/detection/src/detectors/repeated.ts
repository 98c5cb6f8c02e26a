import { stretchStart } from '../arrivals.ts';
import type { WindowDetector } from '../detector.ts';

export interface RepeatedState {
  /** 1 for each of the last predictions that was in doubt. */
  readonly ring: Uint8Array;
  seen: number;
  inDoubt: number;
  isRepeated: boolean;
}

const recentCount = 40;
const enterAt = 20;
const leaveAt = 10;

/**
 * Doubt has become the rule: half of the last 40 predictions carried a signal that doubts them (malformed, low confidence,
 * small margin or wide interval; a rule or an audit sample is no doubt). Then something is wrong with the stream, not with
 * so many predictions, and their signals belong together. Speaks once, and lasts until no more than 10 of the last 40 are
 * in doubt.
 *
 * By chance, if a tenth is in doubt and each by itself, 20 of 40 are so with a probability of 2 in 10^10.
 */
export const repeated: WindowDetector<RepeatedState> = {
  kind: 'repeated',
  start: () => ({ ring: new Uint8Array(recentCount), seen: 0, inDoubt: 0, isRepeated: false }),
  look(state, { isDoubtful, arrivals }) {
    const slot = state.seen % recentCount;
    const doubt = isDoubtful ? 1 : 0;
    state.inDoubt += doubt - (state.ring[slot] ?? 0);
    state.ring[slot] = doubt;
    state.seen++;
    if (state.isRepeated) {
      state.isRepeated = state.inDoubt > leaveAt;
      return null;
    }
    if (state.inDoubt < enterAt) {
      return null;
    }
    state.isRepeated = true;
    const among = Math.min(state.seen, recentCount);
    return {
      score: state.inDoubt,
      threshold: enterAt,
      reason: `${state.inDoubt} of the last ${among} predictions are in doubt. The stream is likely at fault, not each of them.`,
      evidence: { inDoubt: state.inDoubt, among },
      ...stretchStart(arrivals, among),
    };
  },
};
