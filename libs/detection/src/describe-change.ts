import type { Quantiles } from '@watchfloor/contracts';
import { stretchStart } from './arrivals.ts';
import type { WindowObservation } from './detector.ts';
import type { Sighting } from './sighting.ts';
import type { BinScale, QuantileChange } from './statistics/rank-shift.ts';
import { alarmEvidence, alarmFigures, assurance, type ShiftAlarm } from './told-alarm.ts';

/** One figure of a stream: how it is divided, and how it is spoken of. */
export interface WatchedFigure {
  readonly scale: BinScale;
  /** The figure as the subject of a sentence. */
  readonly subject: string;
  readonly format: (value: number) => string;
}

/**
 * A change of one figure's distribution, told for a person: which of its lower tenth, middle and upper tenth moved most,
 * from what to what, and over how many predictions.
 */
export function describeChange(
  { before, after, afterCount }: QuantileChange,
  { scale, subject, format }: WatchedFigure,
  alarm: ShiftAlarm,
  sighting: Sighting,
): WindowObservation {
  const point = mostMoved(before, after, scale);
  const from = format(before[point]);
  const to = format(after[point]);
  const verb = after[point] > before[point] ? 'rose' : 'fell';
  const moved = from === to ? 'is spread differently' : `${verb} from ${from} to ${to} ${names[point]}`;
  return {
    ...alarmFigures(alarm),
    reason: `${subject} ${moved}, over the last ${afterCount} predictions or so. ${assurance(alarm)}`,
    evidence: { before: { ...before }, after: { ...after }, afterCount, ...alarmEvidence(alarm) },
    ...stretchStart(sighting.arrivals, afterCount),
  };
}

const points = ['p50', 'p10', 'p90'] as const;

const names: Record<keyof Quantiles, string> = {
  p50: 'in the middle',
  p10: 'at its lower tenth',
  p90: 'at its upper tenth',
};

function mostMoved(before: Quantiles, after: Quantiles, scale: BinScale): keyof Quantiles {
  const distance = (point: keyof Quantiles) => Math.abs(scale.binOf(after[point]) - scale.binOf(before[point]));
  return points.reduce((most, point) => (distance(point) > distance(most) ? point : most));
}
