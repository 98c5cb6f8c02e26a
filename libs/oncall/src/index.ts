export { calendarFeed, longestFeedDays, type FeedRequest } from './calendar/calendar-feed.ts';
export { climbOf, targetsOf, type ClimbMove, type ClimbPolicy } from './escalation/climb.ts';
export {
  escalationAt,
  lapsesAfterSeconds,
  previewClimb,
  type EscalationNow,
  type PlannedMove,
} from './escalation/escalation-at.ts';
export {
  callNow,
  claimed,
  putOff,
  released,
  reopened,
  settled,
  startEscalation,
  takeMove,
  withPriority,
} from './escalation/escalation-life.ts';
export { longestPutOffSeconds, shelfFor, shelve } from './escalation/put-off.ts';
export { afterQuiet, waitsInQuietHours } from './escalation/quiet-hours.ts';
export { policyFor, whomToCall, type Called, type Roster } from './escalation/whom-to-call.ts';
export { alarmMetrics, type AlarmMetrics, type AlarmSpan } from './flood/alarm-metrics.ts';
export {
  bundleFlag,
  mostBundles,
  noBundles,
  type BundleDecision,
  type FlagBundle,
  type FlagBundles,
} from './flood/bundle-flags.ts';
export {
  flagsInWindow,
  floodAfterFlag,
  floodAt,
  floodRule,
  noFlood,
  type Flood,
  type FloodStep,
  type PastFlood,
} from './flood/flood.ts';
export { expandNotices, type Expansion, type Page, type Reachable } from './notices/expand-notices.ts';
export {
  bundleDueMs,
  defaultThrottle,
  flush,
  freshThrottle,
  mostInBundle,
  mostKinds,
  throttled,
  type Throttle,
  type Throttled,
  type ThrottledNotice,
  type ThrottleSettings,
} from './notices/throttle.ts';
export { coverageOf, doubleBookings, type Coverage, type DoubleBooking, type Gap } from './schedule/coverage.ts';
export { followShifts, shiftAt, shiftOf, type Shift } from './schedule/shift.ts';
export { longestTimelineDays, mostChanges, timeline } from './schedule/timeline.ts';
export { peopleOf, whoIsOnCall, type OnCallPlan } from './schedule/who-is-on-call.ts';
export { zoneClock, type WallMs, type ZoneClock } from './schedule/zone-clock.ts';
