import { alarmHeight } from './alarm-budget.ts';
import { describeChange, type WatchedFigure } from './describe-change.ts';
import type { WindowObservation } from './detector.ts';
import type { Sighting } from './sighting.ts';
import { figureChange, learnFigureAgain, watchFigure, type FigureShift } from './statistics/figure-shift.ts';
import { drawFrom } from './statistics/murmur-hash.ts';
import type { QuantileChange } from './statistics/rank-shift.ts';
import type { WatchSettings } from './watch-settings.ts';

/** A figure that a detector watches for a shift. */
export interface ShiftingFigure extends WatchedFigure {
  readonly kind: 'confidence-shift' | 'latency-shift';
  /** Told apart from the draws of other detectors. */
  readonly salt: number;
  /** Whether a change, however certain, is large enough to be told. */
  readonly isWorthSaying: (change: QuantileChange) => boolean;
}

/** Takes in one value of a figure, and tells a change; after one it learns anew. */
export function lookAtFigure(
  shift: FigureShift,
  value: number,
  figure: ShiftingFigure,
  sighting: Sighting,
  settings: WatchSettings,
): WindowObservation | null {
  const { kind, salt, scale, isWorthSaying } = figure;
  const asked = alarmHeight(kind, settings.detectors[kind].falseAlarmEvery, settings, sighting);
  const draw = drawFrom(sighting.hash, salt);
  const { by, score } = watchFigure(shift, scale.binOf(value), draw, sighting, asked.height);
  if (by !== 'all' && by !== 'day') {
    return null;
  }
  const change = figureChange(shift, by, sighting.eventMs, scale);
  const told = isWorthSaying(change)
    ? describeChange(change, figure, { score, asked, by, course: shift.course }, sighting)
    : null;
  learnFigureAgain(shift);
  return told;
}
