import { epochMsOf, type Instant } from '@watchfloor/contracts';

/** One flag as the metrics see it. */
export interface AlarmSpan {
  readonly raisedAt: Instant;
  /** When somebody first claimed it; null for nobody yet. */
  readonly claimedAt: Instant | null;
  /** When it was settled or lapsed; null while it is open. */
  readonly endedAt: Instant | null;
  /** How often it came back: from a snooze, from an undone verdict. */
  readonly returns: number;
}

/**
 * The load of one operator or one stream, under the names of OPC UA's AlarmMetricsType, so that control rooms can read it. Rates are
 * flags in ten minutes; durations are seconds.
 *
 * @see OPC UA Part 9, 8.2
 */
export interface AlarmMetrics {
  readonly StartTime: Instant;
  readonly AlarmCount: number;
  readonly MaximumActiveState: number;
  readonly MaximumUnAck: number;
  readonly CurrentAlarmRate: number;
  readonly MaximumAlarmRate: number;
  readonly AverageAlarmRate: number;
  readonly MaximumReAlarmCount: number;
}

const rateMs = 600_000;

/**
 * @param spans flags raised from `startTime` up to `now`; others are left out
 * @throws RangeError when `now` is not later than `startTime` (a caller's mistake)
 */
export function alarmMetrics(spans: readonly AlarmSpan[], startTime: Instant, now: Instant): AlarmMetrics {
  const startMs = epochMsOf(startTime);
  const nowMs = epochMsOf(now);
  if (!(nowMs > startMs)) {
    throw new RangeError('metrics need a stretch of time');
  }
  const counted = spans.filter(({ raisedAt }) => raisedAt >= startTime && raisedAt <= now);
  const raisedMs = counted.map(({ raisedAt }) => epochMsOf(raisedAt)).sort((a, b) => a - b);
  const secondsTo = (from: Instant, to: Instant | null): number =>
    (Math.min(nowMs, to === null ? nowMs : epochMsOf(to)) - epochMsOf(from)) / 1_000;
  return {
    StartTime: startTime,
    AlarmCount: counted.length,
    MaximumActiveState: highest(counted.map(({ raisedAt, endedAt }) => secondsTo(raisedAt, endedAt))),
    MaximumUnAck: highest(counted.map(({ raisedAt, claimedAt, endedAt }) => secondsTo(raisedAt, claimedAt ?? endedAt))),
    CurrentAlarmRate: raisedMs.filter((at) => at > nowMs - rateMs).length,
    MaximumAlarmRate: highestRate(raisedMs),
    AverageAlarmRate: (counted.length * rateMs) / (nowMs - startMs),
    MaximumReAlarmCount: highest(counted.map(({ returns }) => returns)),
  };
}

/** The most flags in any ten minutes. @param raisedMs in order of time */
function highestRate(raisedMs: readonly number[]): number {
  let [most, first] = [0, 0];
  raisedMs.forEach((at, index) => {
    while ((raisedMs[first] ?? at) <= at - rateMs) {
      first += 1;
    }
    most = Math.max(most, index - first + 1);
  });
  return most;
}

function highest(figures: readonly number[]): number {
  return figures.reduce((most, figure) => Math.max(most, figure), 0);
}
