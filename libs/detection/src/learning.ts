import type { WindowSignalKind } from '@watchfloor/contracts';
import { isLearningMix, learnCount as mixLearnCount, type WatchedMix } from './look-at-mix.ts';
import { knownDay, type DayCourse } from './statistics/day-course.ts';
import type { FigureShift } from './statistics/figure-shift.ts';
import { knownHours } from './statistics/hour-profile.ts';
import { isLearningRanks, learnCount } from './statistics/rank-shift.ts';
import { rangeCount } from './series/fading-records.ts';
import { seriesLearning, type SeriesWatch } from './series/series-watch.ts';
import type { StreamWatch } from './stream-watch.ts';

/** What a detector of streams does not know yet. */
export interface Learning {
  readonly kind: WindowSignalKind;
  /** It cannot speak at all before it knows this. */
  readonly isMute: boolean;
  /** What it learns, as a person would say it: "12 of 100 predictions". */
  readonly missing: string;
}

/** All that detectors are still learning. What a stream has never shown, nobody learns. */
export function learningOf({ windows, pace, minute }: StreamWatch): readonly Learning[] {
  return [
    ...ofFigure('confidence-shift', windows['confidence-shift']),
    ...ofMix('label-shift', windows['label-shift']),
    ...ofMix('segment-shift', windows['segment-shift'].watched),
    ...ofFigure('latency-shift', windows['latency-shift']),
    ...ofHours('silence', knownHours(windows.silence.hours.profile)),
    ...ofHours('burst', knownHours(pace.hours)),
    ...ofSeries('unusual-value', windows['unusual-value'].answer, minute.startMs),
    ...ofSeries('unusual-rate', windows['unusual-rate'].rate, minute.startMs),
  ];
}

function ofFigure(kind: WindowSignalKind, { all, course }: FigureShift): readonly Learning[] {
  const { count } = all.history;
  if (count === 0) {
    return [];
  }
  return isLearningRanks(all)
    ? [{ kind, isMute: true, missing: `${count} of ${learnCount} predictions` }]
    : ofDay(kind, course);
}

function ofMix(kind: WindowSignalKind, mix: WatchedMix): readonly Learning[] {
  if (isLearningMix(mix)) {
    return mix.learnt === 0 ? [] : [{ kind, isMute: true, missing: `${mix.learnt} of ${mixLearnCount} predictions` }];
  }
  return ofDay(kind, mix.mix.course);
}

function ofDay(kind: WindowSignalKind, { hours }: DayCourse): readonly Learning[] {
  return hours >= knownDay
    ? []
    : [{ kind, isMute: false, missing: `the hours of the day: ${hours} of ${knownDay} hours were seen` }];
}

function ofSeries(kind: WindowSignalKind, series: SeriesWatch, nowMs: number): readonly Learning[] {
  const { isLearning, knowsDay } = seriesLearning(series, nowMs);
  if (series.count === 0 || (!isLearning && knowsDay)) {
    return [];
  }
  return isLearning
    ? [{ kind, isMute: true, missing: `${series.count} of ${rangeCount} minutes` }]
    : [{ kind, isMute: false, missing: 'the usual day: three days must be seen' }];
}

function ofHours(
  kind: WindowSignalKind,
  { ofDay, ofWeek }: { readonly ofDay: number; readonly ofWeek: number },
): readonly Learning[] {
  return ofWeek >= 168
    ? []
    : [{ kind, isMute: false, missing: `${ofDay} of 24 hours of the day and ${ofWeek} of 168 of the week are known` }];
}
