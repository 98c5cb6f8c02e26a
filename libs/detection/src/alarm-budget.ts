import type { WatchedWindowKind } from './detector.ts';
import { alarmsIn, type AlarmLog } from './alarm-log.ts';
import { usualPerMinute, weeklyPredictions, type Pace } from './statistics/pace.ts';
import type { WatchSettings } from './watch-settings.ts';

/**
 * What part of the week's window flags each detector may raise while nothing is wrong. `repeated` and `disparity` have
 * promises of their own, which do not follow from a budget.
 */
export const budgetShares = {
  'confidence-shift': 0.2,
  'label-shift': 0.2,
  'segment-shift': 0.1,
  'latency-shift': 0.15,
  silence: 0.15,
  burst: 0.1,
  'unusual-value': 0.05,
  'unusual-rate': 0.05,
  disparity: 0,
  repeated: 0,
} as const satisfies Record<WatchedWindowKind, number>;

/** Of a stream whose week is not known yet, or a day's predictions if those are more. */
const untilKnown = 100_000;

/** With less evidence than this nothing is worth a word, however slow the stream. */
const least = 1_000;

const most = 1e9;

const minutesPerDay = 1_440;

/** Each flag beyond the week's share asks for so many times the evidence. */
const patience = 10;
const mostPatience = 6;

/** How high evidence must stand, and why. */
export interface AlarmHeight {
  /** Predictions between two false alarms, as promised. */
  readonly every: number;
  /** What evidence is held against: `every`, and more when the detector has spoken oftener than promised. */
  readonly height: number;
}

/**
 * The height of evidence at which a detector of shifts speaks, so that it keeps to its share of the week's window flags.
 *
 * Where a policy sets the predictions between false alarms itself, those hold, but never more than one false alarm on a
 * usual day. A detector that has spoken oftener within seven days than its share asks for ten times the evidence with each
 * further flag, up to a million times: a stream whose predictions come in runs would otherwise flood people with what
 * is usual for it.
 */
export function alarmHeight(
  kind: WatchedWindowKind,
  falseAlarmEvery: number | null,
  { alarms }: Pick<WatchSettings, 'alarms'>,
  { pace, log }: { readonly pace: Pace; readonly log: AlarmLog },
): AlarmHeight {
  const every = promisedEvery(kind, falseAlarmEvery, alarms.windowFlagsPerWeek, pace);
  return { every, height: every * patience ** excessAlarms(kind, alarms.windowFlagsPerWeek, log) };
}

/**
 * How many more flags than its share, or one, a detector has raised within seven days.
 *
 * @returns from 0 to 6
 */
export function excessAlarms(kind: WatchedWindowKind, windowFlagsPerWeek: number, log: AlarmLog): number {
  const allowed = Math.max(1, Math.ceil(budgetShares[kind] * windowFlagsPerWeek));
  return Math.min(mostPatience, Math.max(0, alarmsIn(log, kind, 7) - allowed));
}

/**
 * Predictions between two false alarms of a detector, on average at least.
 *
 * @param falseAlarmEvery as the policy sets it, held to no less than a usual day's predictions; null leaves it to the budget
 * @returns from 1,000 to 10^9
 */
export function promisedEvery(
  kind: WatchedWindowKind,
  falseAlarmEvery: number | null,
  windowFlagsPerWeek: number,
  pace: Pace,
): number {
  const weekly = weeklyPredictions(pace);
  const daily = Math.round(weekly === null ? (usualPerMinute(pace) ?? 0) * minutesPerDay : weekly / 7);
  if (falseAlarmEvery !== null) {
    return Math.max(falseAlarmEvery, daily);
  }
  const flags = budgetShares[kind] * windowFlagsPerWeek;
  return weekly === null || flags === 0
    ? Math.max(untilKnown, daily)
    : Math.min(most, Math.max(least, Math.round(weekly / flags)));
}
