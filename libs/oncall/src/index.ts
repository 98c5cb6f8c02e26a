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
export { coverageOf, doubleBookings, type Coverage, type DoubleBooking, type Gap } from './schedule/coverage.ts';
export { followShifts, shiftAt, shiftOf, type Shift } from './schedule/shift.ts';
export { longestTimelineDays, mostChanges, timeline } from './schedule/timeline.ts';
export { peopleOf, whoIsOnCall, type OnCallPlan } from './schedule/who-is-on-call.ts';
export { zoneClock, type WallMs, type ZoneClock } from './schedule/zone-clock.ts';
