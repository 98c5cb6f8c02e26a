import type { AlarmHeight } from './alarm-budget.ts';
import { knownDay, type DayCourse } from './statistics/day-course.ts';
import { finite } from './wording.ts';

/** An alarm of a detector of shifts: how strong the evidence was, what it was held against, and which view of the stream speaks. */
export interface ShiftAlarm {
  readonly score: number;
  readonly asked: AlarmHeight;
  readonly by: 'all' | 'day';
  /** Before anything is forgotten for the alarm. */
  readonly course: DayCourse;
}

/** From so many hours on a rhythm of the day could be what was found. */
const fewestHours = 3;

/** What the figures of a shift's signal are. */
export function alarmFigures({ score, asked }: ShiftAlarm): { readonly score: number; readonly threshold: number } {
  return { score: finite(score), threshold: asked.height };
}

/** What is said of how sure it is, after what was found: one or two sentences. */
export function assurance({ asked, by, course }: ShiftAlarm): string {
  const chance = `By chance this comes once in ${asked.height.toLocaleString('en')} predictions at most.`;
  if (by === 'day') {
    return `${chance} It was compared with the same hour of other days.`;
  }
  return course.hours >= fewestHours && course.hours < knownDay
    ? `${chance} The hours of the day are not learnt yet; a daily rhythm may be the reason.`
    : chance;
}

export function alarmEvidence({ asked, by }: ShiftAlarm): Record<string, string | number> {
  return { falseAlarmEvery: asked.every, comparedWith: by === 'day' ? 'the same hour of other days' : 'all before' };
}
