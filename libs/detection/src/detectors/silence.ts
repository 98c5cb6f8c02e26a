import type { WindowDetector } from '../detector.ts';
import { durationInWords } from '../wording.ts';

export interface SilenceState {
  /** When the first and the newest prediction were received, milliseconds since 1970; 0 before. */
  firstMs: number;
  lastMs: number;
  lastPosition: number;
  /** Gaps above zero that were learnt. */
  gaps: number;
  /** Fading sums of the gaps and of their squares, in milliseconds. */
  gapMs: number;
  gapSquares: number;
  /** The newest time known, by prediction or clock. */
  clockMs: number;
  /** How long the stream has been quiet while somebody watched. */
  quietMs: number;
  isSilent: boolean;
}

const memoryMs = 3_600_000;
const fewestGaps = 20;

/**
 * A clock that leaps further than this was stopped or set: what the stream did meanwhile nobody saw, and it is not blamed
 * for more.
 */
const longestLeapMs = 30_000;

/**
 * Nothing has come for longer than `factor` usual gaps, and longer than `atLeastSeconds`. The usual gap is the one in
 * which the stream stands at a random moment: for an even stream its gap, for one that comes in hourly batches the hour.
 * Speaks once for each silence, after 20 gaps, and never of a silence longer than all that was seen of the stream.
 *
 * Only watched time counts: when the server slept, or its clock was set, no stream is called silent for it.
 *
 * By chance, for independent arrivals (Poisson; the usual gap is twice the mean one), a gap exceeds 10 usual ones with a
 * probability of e^-20, about 2 in a thousand million. The hours of the week are not told apart yet: a stream that sleeps
 * at night is called silent at night.
 */
export const silence: WindowDetector<SilenceState> = {
  kind: 'silence',
  start: () => ({
    firstMs: 0,
    lastMs: 0,
    lastPosition: 0,
    gaps: 0,
    gapMs: 0,
    gapSquares: 0,
    clockMs: 0,
    quietMs: 0,
    isSilent: false,
  }),
  look(state, sighting, settings) {
    const { receivedAtMs, position } = sighting.observed;
    if (state.lastPosition === 0) {
      state.firstMs = receivedAtMs;
    } else if (receivedAtMs > state.lastMs) {
      learnGap(state, receivedAtMs - state.lastMs, limitMs(state, settings.detectors.silence));
    }
    state.lastMs = Math.max(state.lastMs, receivedAtMs);
    state.lastPosition = position;
    state.clockMs = receivedAtMs;
    state.quietMs = 0;
    state.isSilent = false;
    return null;
  },
  tick(state, nowMs, settings) {
    state.quietMs += Math.min(longestLeapMs, Math.max(0, nowMs - state.clockMs));
    state.clockMs = nowMs;
    const limit = limitMs(state, settings.detectors.silence);
    if (state.isSilent || state.gaps < fewestGaps || state.quietMs <= limit || limit > state.lastMs - state.firstMs) {
      return null;
    }
    state.isSilent = true;
    const usualGapMs = usualGap(state);
    return {
      score: state.quietMs / 1_000,
      threshold: limit / 1_000,
      reason: `No prediction for ${durationInWords(state.quietMs)}; usually one comes within ${durationInWords(usualGapMs)}.`,
      evidence: { quietSeconds: state.quietMs / 1_000, usualGapSeconds: usualGapMs / 1_000 },
      fromMs: state.lastMs,
      fromPosition: state.lastPosition,
    };
  },
};

/** A gap is learnt up to the length at which it is a silence, so that one outage does not hide the next. */
function learnGap(state: SilenceState, gapMs: number, limit: number): void {
  const gap = state.gaps < fewestGaps ? gapMs : Math.min(gapMs, limit);
  const keep = Math.exp(-gapMs / memoryMs);
  state.gapMs = state.gapMs * keep + gap;
  state.gapSquares = state.gapSquares * keep + gap * gap;
  state.gaps++;
}

/** The mean gap, each weighed with its length; 0 before the first. */
function usualGap({ gapMs, gapSquares }: SilenceState): number {
  return gapMs > 0 ? gapSquares / gapMs : 0;
}

function limitMs(state: SilenceState, settings: { readonly factor: number; readonly atLeastSeconds: number }): number {
  return Math.max(settings.factor * usualGap(state), settings.atLeastSeconds * 1_000);
}
