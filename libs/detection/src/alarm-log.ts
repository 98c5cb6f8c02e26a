import { windowSignalKinds, type WindowSignalKind } from '@watchfloor/contracts';

/** How many window signals of each kind there were on each of the last 28 days. */
export interface AlarmLog {
  /** A ring of days, each with a count for every kind. */
  readonly counts: Uint8Array;
  /** The newest day, counted from 1970; -1 before the first. */
  newestDay: number;
  /** The first day on which the stream was watched; -1 before. */
  firstDay: number;
}

const kinds = windowSignalKinds.length;

/** Days that are remembered. */
export const loggedDays = 28;

const dayMs = 86_400_000;

export function noAlarms(): AlarmLog {
  return { counts: new Uint8Array(loggedDays * kinds), newestDay: -1, firstDay: -1 };
}

/** Moves on to the day of a time; a clock that is set back stays on the newest day. */
export function noteDay(log: AlarmLog, ms: number): void {
  const day = Math.floor(ms / dayMs);
  if (day <= log.newestDay) {
    return;
  }
  if (log.newestDay < 0) {
    log.firstDay = day;
  }
  for (let passed = Math.max(log.newestDay + 1, day - loggedDays + 1); passed <= day; passed++) {
    const first = modulo(passed) * kinds;
    log.counts.fill(0, first, first + kinds);
  }
  log.newestDay = day;
}

/** Counts a signal on the newest day. */
export function noteAlarm(log: AlarmLog, kind: WindowSignalKind): void {
  const at = modulo(log.newestDay) * kinds + windowSignalKinds.indexOf(kind);
  log.counts[at] = Math.min(255, (log.counts[at] ?? 0) + 1);
}

/** @param days up to 28, the newest included */
export function alarmsIn(log: AlarmLog, kind: WindowSignalKind, days: number): number {
  const place = windowSignalKinds.indexOf(kind);
  let sum = 0;
  for (let back = 0; back < days && log.newestDay - back >= log.firstDay; back++) {
    sum += log.counts[modulo(log.newestDay - back) * kinds + place] ?? 0;
  }
  return sum;
}

/** Days that were watched, the newest included, 28 at most. */
export function watchedDays({ newestDay, firstDay }: AlarmLog): number {
  return newestDay < 0 ? 0 : Math.min(loggedDays, newestDay - firstDay + 1);
}

function modulo(day: number): number {
  return ((day % loggedDays) + loggedDays) % loggedDays;
}
