import { dayCellOf } from './day-cells.ts';
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
import {
  cellQuantiles,
  fixWideBins,
  forgetDayRanks,
  noDayRanks,
  wideBins,
  watchDayRank,
  type DayRanks,
} from './day-ranks.ts';
import { hasDayShape } from './day-shape.ts';
import { forgetAllBets } from './rank-bets.ts';
import {
  learnAgain,
  learnCount,
  noRankShift,
  quantileChange,
  recentQuantiles,
  watchRank,
  type BinScale,
  type QuantileChange,
  type RankShift,
} from './rank-shift.ts';

/** Watches one figure of a stream for a change, against all that came before and against the same hour of other days. */
export interface FigureShift {
  readonly all: RankShift;
  readonly day: DayRanks;
  readonly course: DayCourse;
}

export function noFigureShift(bins: number): FigureShift {
  return { all: noRankShift(bins), day: noDayRanks(), course: noDayCourse() };
}

export interface Heard {
  readonly by: Hearing;
  /** The evidence of the view that speaks. */
  readonly score: number;
}

const silent: Heard = { by: null, score: 0 };

/**
 * Takes in one value.
 *
 * @param bin of the figure's scale
 * @param draw in [0, 1), the same for the same prediction
 * @param when it happened; the model's clock says the hour of the day, ours how the time goes by
 * @param height that evidence must reach
 * @returns whether the figure has changed, and who says so; then {@link learnFigureAgain} is to be called
 */
export function watchFigure(shift: FigureShift, bin: number, draw: number, when: Moment, height: number): Heard {
  const { all, day, course } = shift;
  noteHour(course, when.receivedMs);
  if (!day.isFixed && course.hours >= firstDay && all.history.count >= learnCount) {
    fixWideBins(day, all.history);
    course.hours = firstDay;
  }
  const allScore = watchRank(all, bin, draw);
  const dayScore =
    day.isFixed && isTaken(course, when.receivedMs) ? watchDayRank(day, bin, dayCellOf(when.eventMs), draw) : 0;
  const by = hear(course, { all: allScore, day: dayScore, height, receivedMs: when.receivedMs }, () => hasShape(day));
  if (by === 'rhythm') {
    learnAgain(all);
  } else if (by === null && dayScore >= height) {
    forgetAllBets(day.bets);
  }
  return by === 'all' || by === 'day' ? { by, score: by === 'all' ? allScore : dayScore } : silent;
}

/** The figure's quantiles before the change and after it; in the view of the day, those of this hour, and the last ones. */
export function figureChange(
  { all, day }: FigureShift,
  by: 'all' | 'day',
  eventMs: number,
  scale: BinScale,
): QuantileChange {
  return by === 'all'
    ? quantileChange(all, scale)
    : { before: cellQuantiles(day, dayCellOf(eventMs), scale), ...recentQuantiles(all, scale) };
}

/** Learns what is usual from now on. */
export function learnFigureAgain({ all, day, course }: FigureShift): void {
  learnAgain(all);
  if (noteTold(course)) {
    forgetDayRanks(day);
  }
}

function hasShape({ counts }: DayRanks): boolean {
  const steps = new Float64Array(counts.length / wideBins);
  counts.forEach((count, at) => (steps[Math.floor(at / wideBins)] = (steps[Math.floor(at / wideBins)] ?? 0) + count));
  return hasDayShape(steps, counts);
}
