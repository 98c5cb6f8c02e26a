import { likeliestLength, longestChange } from './change-evidence.ts';
import { dayCellOf, dayCells } from './day-cells.ts';
import {
  firstDay,
  hear,
  isTaken,
  noDayCourse,
  noteHour,
  noteTold,
  type DayCourse,
  type Hearing,
  type Moment,
} from './day-course.ts';
import { hasDayShape } from './day-shape.ts';
import {
  cutAgain,
  fixEvents,
  forgetBets,
  noEventShift,
  shareOf,
  unfixEvents,
  watchEvents,
  type EventShift,
} from './event-shift.ts';

/**
 * Watches how often each of several events comes: against all that came since the events were fixed, and the most frequent
 * of them against the same hour of other days.
 */
export interface MixShift {
  readonly all: EventShift;
  readonly day: EventShift;
  /** Which events the view of the day watches. */
  readonly dayEvents: Uint8Array;
  readonly course: DayCourse;
  /**
   * The last steps, for the evidence of a signal: a bit for each event that one was. Where there are more than 16 events,
   * of which only one comes at a time, its number.
   */
  readonly recent: Uint16Array | Uint8Array;
  /** The shares before the last change that was told, while the events are the same; 0 before. */
  readonly earlier: Float32Array;
  seen: number;
}

const mostDayEvents = 6;

/** Shares that the view of the day begins with must rest on some steps. */
const fewestDaySteps = 100;

const mostBits = 16;

/** @param most events; beyond 16 only one may come at a time */
export function noMixShift(most: number): MixShift {
  return {
    all: noEventShift(most),
    day: noEventShift(mostDayEvents, dayCells),
    dayEvents: new Uint8Array(mostDayEvents),
    course: noDayCourse(),
    recent: most <= mostBits ? new Uint16Array(longestChange) : new Uint8Array(longestChange),
    earlier: new Float32Array(most),
    seen: 0,
  };
}

/** Fixes the events; see `fixEvents`. */
export function fixMix(shift: MixShift, shares: readonly number[]): void {
  fixEvents(shift.all, shares);
  shift.seen = 0;
}

export function isMixFixed({ all }: MixShift): boolean {
  return all.events > 0;
}

/**
 * Learns what is usual from now on. While the day is not known the events stay as they are, and start from their shares
 * after the change.
 *
 * @returns whether the events are forgotten, and must be fixed again
 */
export function learnMixAgain(shift: MixShift, { before, after, afterCount }: MixChange): boolean {
  if (!noteTold(shift.course)) {
    shift.earlier.set(before);
    fixMix(
      shift,
      after.map((share) => (share * afterCount + 0.5) / (afterCount + 1)),
    );
    return false;
  }
  unfixEvents(shift.all);
  unfixEvents(shift.day);
  shift.earlier.fill(0);
  shift.seen = 0;
  return true;
}

/** Whether an event has gone back to what it was before the last change, within two standard deviations. */
export function isBackAsBefore({ earlier }: MixShift, { after, afterCount }: MixChange, event: number): boolean {
  const share = earlier[event] ?? 0;
  return share > 0 && Math.abs((after[event] ?? 0) - share) <= 2 * Math.sqrt((share * (1 - share)) / afterCount);
}

/** Makes again what is derived, after a shift was loaded. */
export function rebuildMix({ all, day }: MixShift): void {
  cutAgain(all);
  cutAgain(day);
}

export interface HeardMix {
  readonly by: Hearing;
  readonly score: number;
  /** The event that changed most. */
  readonly event: number;
}

const silent: HeardMix = { by: null, score: 0, event: 0 };

/**
 * Takes in one step, of which `all.derived.happens` says which events it is.
 *
 * @param draw in [0, 1), the same for the same prediction
 * @param when it happened; the model's clock says the hour of the day, ours how the time goes by
 * @param height that evidence must reach
 * @returns whether the mix has changed, and who says so; then {@link learnMixAgain} is to be called
 */
export function watchMix(shift: MixShift, draw: number, when: Moment, height: number): HeardMix {
  const { all, day, course, recent } = shift;
  noteHour(course, when.receivedMs);
  if (day.events === 0 && course.hours >= firstDay && shift.seen >= fewestDaySteps) {
    fixDay(shift);
  }
  recent[shift.seen % longestChange] = codeOf(all.derived.happens);
  shift.seen++;
  const allScore = watchEvents(all, draw);
  const dayScore =
    day.events > 0 && isTaken(course, when.receivedMs) ? watchDay(shift, draw, dayCellOf(when.eventMs)) : 0;
  const by = hear(course, { all: allScore, day: dayScore, height, receivedMs: when.receivedMs }, () =>
    hasDayShape(day.steps, day.counts),
  );
  if (by === 'rhythm') {
    forgetBets(all);
  } else if (by === null && dayScore >= height) {
    forgetBets(day);
  }
  if (by === 'all') {
    return { by, score: allScore, event: all.derived.loudest };
  }
  return by === 'day' ? { by, score: dayScore, event: shift.dayEvents[day.derived.loudest] ?? 0 } : silent;
}

export interface MixChange {
  /** The share of each event. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** How many steps `after` is made of. */
  readonly afterCount: number;
}

/** The shares before the likeliest beginning of a change of one event, and after it. */
export function mixChange({ all, recent, seen }: MixShift, event: number): MixChange {
  const hasBits = recent.BYTES_PER_ELEMENT === 2;
  const isEvent = (back: number, which: number) => {
    const code = recent[(seen - back) % longestChange] ?? 0;
    return hasBits ? (code >> which) & 1 : Number(code === which);
  };
  const usual = Math.min(0.999, Math.max(0.001, shareOf(all, event)));
  const afterCount = likeliestLength((back) => isEvent(back, event), [1 - usual, usual], Math.max(1, seen >> 1));
  const events = Array.from({ length: all.events }, (_, which) => which);
  const after = events.map((which) => {
    let came = 0;
    for (let back = 1; back <= afterCount; back++) {
      came += isEvent(back, which);
    }
    return came;
  });
  const earlier = Math.max(1, seen - afterCount);
  return {
    before: events.map((which) => Math.min(1, Math.max(0, shareOf(all, which) * seen - (after[which] ?? 0)) / earlier)),
    after: after.map((came) => came / afterCount),
    afterCount,
  };
}

function fixDay({ all, day, dayEvents, course }: MixShift): void {
  const shares = Array.from({ length: all.events }, (_, event) => ({ event, share: shareOf(all, event) }));
  const most = shares.toSorted((a, b) => b.share - a.share).slice(0, mostDayEvents);
  fixEvents(
    day,
    most.map(({ share }) => share),
  );
  dayEvents.fill(0);
  dayEvents.set(most.map(({ event }) => event));
  course.hours = firstDay;
}

function watchDay({ all, day, dayEvents }: MixShift, draw: number, cell: number): number {
  for (let place = 0; place < day.events; place++) {
    day.derived.happens[place] = all.derived.happens[dayEvents[place] ?? 0] ?? 0;
  }
  return watchEvents(day, draw, cell);
}

function codeOf(happens: Uint8Array): number {
  if (happens.length > mostBits) {
    return Math.max(0, happens.indexOf(1));
  }
  let bits = 0;
  for (let event = 0; event < happens.length; event++) {
    bits |= (happens[event] ?? 0) << event;
  }
  return bits;
}
