import { usualPerMinute, type Pace } from './statistics/pace.ts';

const minutesPerDay = 1_440;

/**
 * How high the evidence for a change must stand: at least as many predictions as the policy wants between two false
 * alarms, and at least a usual day of the stream, so that a fast one does not call a person every few minutes by chance.
 *
 * @param falseAlarmEvery predictions
 * @returns predictions between two false alarms, on average at least
 */
export function alarmHeight(falseAlarmEvery: number, pace: Pace): number {
  return Math.max(falseAlarmEvery, Math.round((usualPerMinute(pace) ?? 0) * minutesPerDay));
}
