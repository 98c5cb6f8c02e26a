import { budgetShares } from '../alarm-budget.ts';
import type { WindowDetector } from '../detector.ts';
import { forgetHour, learnHourGap, noHourGaps, usualGapAt, type HourGaps } from '../statistics/hour-gaps.ts';
import { weeklyPredictions, type Pace } from '../statistics/pace.ts';
import type { WatchSettings } from '../watch-settings.ts';
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
  /** The gaps of each hour of the week. */
  readonly hours: HourGaps;
  /** The same sums as above of gaps measured in what is usual at their hour. */
  hourly: number;
  hourlySquares: number;
  /** The newest time known, by prediction or clock. */
  clockMs: number;
  /** How long the stream has been quiet while somebody watched. */
  quietMs: number;
  /** The same in usual gaps of the hours that passed, and in those that count. */
  quietHourly: number;
  quietGaps: number;
  isSilent: boolean;
}

const memoryMs = 3_600_000;

/** In usual gaps. */
const hourlyMemory = 200;

const fewestGaps = 20;

/**
 * A clock that leaps further than this was stopped or set: what the stream did meanwhile nobody saw, and it is not blamed
 * for more.
 */
const longestLeapMs = 30_000;

/** A gap of which more was not watched than this is not learnt for its hours. */
const unwatchedMs = 60_000;

/** By chance, no gap is a silence with a greater probability than this. */
const greatestTail = 1e-6;

/**
 * Nothing has come for longer than so many usual gaps of this hour of the week, and longer than `atLeastSeconds`. The usual
 * gap is the one in which the stream stands at a random moment: for an even stream its gap, for one that comes in hourly
 * batches the hour, for one that is closed at night the night. An hour is known after two visits of the same hour of the
 * week, before that after two of the same hour of the day; until then the gaps of the last hour count. Of an hour and the
 * two beside it the longest usual gap counts, so that a stream whose people change their clocks is not called silent.
 *
 * Where the policy sets no `factor`, it is the one whose probability for independent arrivals (Poisson; the usual gap is
 * twice the mean one) is 10^-6 a gap, or this detector's share of the budget of alarms if that is less: 6.9 usual gaps and
 * more, and so never under three median ones.
 *
 * Speaks once for each silence, after 20 gaps, and never of a silence longer than all that was seen of the stream. Only
 * watched time counts: when the server slept, or its clock was set, no stream is called silent for it.
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
    hours: noHourGaps(),
    hourly: 0,
    hourlySquares: 0,
    clockMs: 0,
    quietMs: 0,
    quietHourly: 0,
    quietGaps: 0,
    isSilent: false,
  }),
  look(state, { observed, pace }, settings) {
    const { receivedAtMs, position } = observed;
    if (state.lastPosition === 0) {
      state.firstMs = receivedAtMs;
    } else if (receivedAtMs > state.lastMs) {
      passQuiet(state, receivedAtMs);
      learnGap(state, receivedAtMs, factorOf(pace, settings));
    }
    state.lastMs = Math.max(state.lastMs, receivedAtMs);
    state.lastPosition = position;
    state.clockMs = receivedAtMs;
    state.quietMs = 0;
    state.quietHourly = 0;
    state.quietGaps = 0;
    state.isSilent = false;
    return null;
  },
  tick(state, nowMs, pace, settings) {
    passQuiet(state, nowMs);
    state.clockMs = nowMs;
    const factor = factorOf(pace, settings);
    const atLeastMs = settings.detectors.silence.atLeastSeconds * 1_000;
    const limitMs = Math.max(atLeastMs, factor * usualGap(state, nowMs));
    if (
      state.isSilent ||
      state.gaps < fewestGaps ||
      state.quietGaps <= factor ||
      state.quietMs <= atLeastMs ||
      limitMs > state.lastMs - state.firstMs
    ) {
      return null;
    }
    state.isSilent = true;
    const usualGapMs = state.quietMs / state.quietGaps;
    return {
      score: state.quietMs / 1_000,
      threshold: Math.max(atLeastMs, factor * usualGapMs) / 1_000,
      reason: `No prediction for ${durationInWords(state.quietMs)}; usually one comes within ${durationInWords(usualGapMs)}.`,
      evidence: { quietSeconds: state.quietMs / 1_000, usualGapSeconds: usualGapMs / 1_000, factor },
      fromMs: state.lastMs,
      fromPosition: state.lastPosition,
    };
  },
};

/** The usual gaps after which a stream is silent. */
export function factorOf(pace: Pace, { detectors, alarms }: WatchSettings): number {
  const { factor } = detectors.silence;
  if (factor !== null) {
    return factor;
  }
  const weekly = weeklyPredictions(pace);
  const share = weekly === null ? 1 : (budgetShares.silence * alarms.windowFlagsPerWeek) / Math.max(1, weekly);
  return -Math.log(Math.min(greatestTail, share)) / 2;
}

/** Time goes on without a prediction. */
function passQuiet(state: SilenceState, nowMs: number): void {
  const passedMs = Math.min(longestLeapMs, Math.max(0, nowMs - state.clockMs));
  state.quietMs += passedMs;
  const hourGap = usualGapAt(state.hours, nowMs);
  state.quietHourly += hourGap === null ? 0 : passedMs / hourGap;
  const usual = usualGap(state, nowMs);
  state.quietGaps += usual > 0 ? passedMs / usual : 0;
}

/** A gap is learnt up to the length at which it is a silence, so that one outage does not hide the next. */
function learnGap(state: SilenceState, toMs: number, factor: number): void {
  const gapMs = toMs - state.lastMs;
  const isYoung = state.gaps < fewestGaps;
  const longest = Math.max(memoryMs / 60, factor * recentGap(state));
  const gap = isYoung ? gapMs : Math.min(gapMs, longest);
  const keep = Math.exp(-gapMs / memoryMs);
  state.gapMs = state.gapMs * keep + gap;
  state.gapSquares = state.gapSquares * keep + gap * gap;
  state.gaps++;
  if (gapMs - state.quietMs > unwatchedMs) {
    forgetHour(state.hours);
    return;
  }
  learnHourGap(state.hours, state.lastMs, toMs);
  const hourly = Math.min(state.quietHourly, factor * hourlyFactor(state));
  const keepHourly = Math.exp(-hourly / hourlyMemory);
  state.hourly = state.hourly * keepHourly + hourly;
  state.hourlySquares = state.hourlySquares * keepHourly + hourly * hourly;
}

/** The usual gap at an instant, milliseconds; 0 before the first. */
function usualGap(state: SilenceState, ms: number): number {
  const hourGap = usualGapAt(state.hours, ms);
  return hourGap === null ? recentGap(state) : hourGap * hourlyFactor(state);
}

/** The mean gap of the last hour, each weighed with its length. */
function recentGap({ gapMs, gapSquares }: SilenceState): number {
  return gapMs > 0 ? gapSquares / gapMs : 0;
}

/** How much longer the last gaps were than is usual at their hours; at least 1. */
function hourlyFactor({ hourly, hourlySquares }: SilenceState): number {
  return hourly > 0 ? Math.max(1, hourlySquares / hourly) : 1;
}
