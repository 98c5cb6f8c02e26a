export { coverageOf, doubleBookings, type Coverage, type DoubleBooking, type Gap } from './schedule/coverage.ts';
export { followShifts, shiftAt, shiftOf, type Shift } from './schedule/shift.ts';
export { longestTimelineDays, mostChanges, timeline } from './schedule/timeline.ts';
export { peopleOf, whoIsOnCall, type OnCallPlan } from './schedule/who-is-on-call.ts';
export { zoneClock, type WallMs, type ZoneClock } from './schedule/zone-clock.ts';
