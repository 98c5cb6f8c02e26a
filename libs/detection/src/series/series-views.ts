import type { RingFigures } from './recent-ring.ts';

/** In whose unit a view is counted: that of the values, or none. */
type Unit = 'value' | 'none';

/**
 * The slowly varying views of a series, each with its unit and its name in a sentence. They were written down together and
 * weigh the same; none was chosen or weighed on data.
 */
export const seriesViews = [
  ['level', 'value', 'its level'],
  ['log-level', 'none', 'its order of magnitude'],
  ['mean-4', 'value', 'its mean of 4'],
  ['mean-16', 'value', 'its mean of 16'],
  ['mean-64', 'value', 'its mean of 64'],
  ['mean-256', 'value', 'its mean of 256'],
  ['step-1', 'value', 'its last step'],
  ['step-4', 'value', 'its change over 4'],
  ['step-16', 'value', 'its change over 16'],
  ['step-32', 'value', 'its change over 32'],
  ['mean-4-to-64', 'value', 'its mean of 4 against that of 64'],
  ['mean-16-to-256', 'value', 'its mean of 16 against that of 256'],
  ['surprise', 'value', 'the distance from its forecast'],
  ['relative-surprise', 'none', 'the distance from its forecast, against the usual one'],
  ['local-score', 'none', 'the distance from its last 64, against their spread'],
  ['day', 'value', 'the distance from the usual of this time of day'],
  ['day-8', 'value', 'the distance from the usual day, over 8'],
  ['day-32', 'value', 'the distance from the usual day, over 32'],
  ['week', 'value', 'the distance from the usual of this time of the week'],
  ['week-8', 'value', 'the distance from the usual week, over 8'],
  ['week-32', 'value', 'the distance from the usual week, over 32'],
  ['spread-8', 'none', 'the spread of 8'],
  ['spread-32', 'none', 'the spread of 32'],
  ['deviation', 'value', 'its mean deviation'],
  ['low-16', 'value', 'the lowest of 16'],
  ['high-16', 'value', 'the highest of 16'],
  ['range-16', 'value', 'the range of 16'],
  ['range-64', 'none', 'the order of magnitude of the range of 64'],
  ['standstill', 'none', 'how long it stands still'],
] as const satisfies readonly (readonly [string, Unit, string])[];

export type SeriesViewName = (typeof seriesViews)[number][0];

export const viewCount = seriesViews.length;

/** What the views are made from; NaN where it is not known. */
export interface ViewSources {
  /** Values before this one. */
  readonly before: number;
  /** The value, from the first one of the series. */
  readonly level: number;
  readonly logLevel: number;
  readonly step: number;
  readonly mean256: number;
  readonly surprise: number;
  readonly relativeSurprise: number;
  readonly localScore: number;
  /** Distance from the usual day, its means over 8 and 32, and the same of the week. */
  readonly seasonal: Float64Array;
  readonly deviation: number;
  readonly standstill: number;
}

/** Fills in all views in the order of their list; NaN for those that look further back than there are values. */
export function fillViews(views: Float64Array, sources: ViewSources, ring: RingFigures): void {
  const { before, seasonal } = sources;
  const has4 = before >= 3;
  const has8 = before >= 7;
  const has16 = before >= 15;
  const has32 = before >= 31;
  const has64 = before >= 63;
  const has256 = before >= 255;
  views[0] = sources.level;
  views[1] = sources.logLevel;
  views[2] = has4 ? ring.mean4 : NaN;
  views[3] = has16 ? ring.mean16 : NaN;
  views[4] = has64 ? ring.mean64 : NaN;
  views[5] = has256 ? sources.mean256 : NaN;
  views[6] = sources.step;
  views[7] = has8 ? 2 * (ring.mean4 - ring.mean8) : NaN;
  views[8] = has32 ? 2 * (ring.mean16 - ring.mean32) : NaN;
  views[9] = has64 ? 2 * (ring.mean32 - ring.mean64) : NaN;
  views[10] = has64 ? ring.mean4 - ring.mean64 : NaN;
  views[11] = has256 ? ring.mean16 - sources.mean256 : NaN;
  views[12] = sources.surprise;
  views[13] = sources.relativeSurprise;
  views[14] = sources.localScore;
  views.set(seasonal, 15);
  views[21] = has8 ? logOf(ring.spread8) : NaN;
  views[22] = has32 ? logOf(ring.spread32) : NaN;
  views[23] = has16 ? sources.deviation : NaN;
  views[24] = has16 ? ring.low16 : NaN;
  views[25] = has16 ? ring.high16 : NaN;
  views[26] = has16 ? ring.high16 - ring.low16 : NaN;
  views[27] = has64 ? logOf(ring.high64 - ring.low64) : NaN;
  views[28] = sources.standstill;
}

/** A spread of 0 has no order of magnitude; that a series stands still is seen by another view. */
function logOf(spread: number): number {
  return spread > 0 ? Math.log(spread) : NaN;
}
