import { noRecords, rangeCount, recordEvidence, type FadingRecords } from './fading-records.ts';
import { learnForecasts, learnSurprise, noForecasts, type Forecasts } from './forecasts.ts';
import { noIncident, scoreIncident, type Incident } from './incident.ts';
import { newest } from './newest-value.ts';
import { readRing, ringSize } from './recent-ring.ts';
import { dayShape, learnUsual, noProfile, usualAt, weekShape, type SeasonalProfile } from './seasonal-profile.ts';
import { fillViews, seriesViews, viewCount, type SeriesViewName } from './series-views.ts';

/**
 * All that is remembered of one series of numbers; at most 2 KB when saved. It is changed in place by {@link watchValue}, and
 * what is in it is no business of its holder.
 */
export interface SeriesWatch {
  /** The first value; the others are counted from it, so that few digits suffice. */
  anchor: number;
  count: number;
  /** The newest values, from the anchor. */
  readonly ring: Float32Array;
  /** Of the newest values before this one, from the anchor: what the next one is held against. */
  mean4: number;
  mean64: number;
  spread64: number;
  mean256: number;
  deviation: number;
  /** How often in a row the value was the same. */
  standstill: number;
  readonly forecasts: Forecasts;
  readonly day: SeasonalProfile;
  readonly week: SeasonalProfile;
  /** Means over 8 and 32 of the distances from the usual day, then the week. */
  readonly seasonalMeans: Float32Array;
  readonly records: FadingRecords;
  readonly incident: Incident;
}

/** Beyond this, numbers are alike; their squares can still be added up. */
const limit = 1e30;
const dayMs = 86_400_000;

/** Which rhythms a series may have; each takes about 500 and 1,300 bytes. */
export interface SeriesRhythms {
  readonly day: boolean;
  readonly week: boolean;
}

/** @param rhythms default: both are learnt */
export function startSeries(rhythms: SeriesRhythms = { day: true, week: true }): SeriesWatch {
  return {
    anchor: 0,
    count: 0,
    ring: new Float32Array(ringSize),
    mean4: 0,
    mean64: 0,
    spread64: 0,
    mean256: 0,
    deviation: 0,
    standstill: 0,
    forecasts: noForecasts(),
    day: noProfile(dayShape, rhythms.day),
    week: noProfile(weekShape, rhythms.week),
    seasonalMeans: new Float32Array(4),
    records: noRecords(viewCount),
    incident: noIncident(),
  };
}

/**
 * How odd the next value of a series is, judged by nothing but the values before it.
 *
 * Many cheap views of the series (means, steps, spreads, distances from a forecast and from the usual day and week) each
 * remember how high and low they have been; a view that goes beyond gives evidence, the evidence of all adds up with equal
 * weight, and within one incident only what is clearly more than before counts again. There is one setting for all series.
 *
 * The same values and times give the same scores, also when the series was saved and loaded in between.
 *
 * @param series changed in place
 * @param atMs milliseconds since 1970; only the time of day and week is read from it, and it may stand still or go back
 * @param value any number; infinities count as very large, not-a-number is passed over
 * @returns 0 for nothing odd, towards 1 the odder; 0 for the first 150 values, which only set the range
 */
export function watchValue(series: SeriesWatch, atMs: number, value: number): number {
  if (Number.isNaN(value) || !Number.isFinite(atMs)) {
    return 0;
  }
  const bounded = Math.min(limit, Math.max(-limit, value));
  series.anchor = series.count === 0 ? bounded : series.anchor;
  takeIn(series, atMs, bounded, fromAnchor(bounded, series.anchor));
  return scoreIncident(series.incident, gatherEvidence(series, atMs));
}

/** What the value's own digits cannot tell from the anchor is the anchor. */
function fromAnchor(value: number, anchor: number): number {
  const distance = value - anchor;
  return Math.abs(distance) <= 1e-12 * Math.abs(anchor) ? 0 : Math.fround(distance);
}

function takeIn(series: SeriesWatch, atMs: number, value: number, level: number): void {
  const { count, ring, day, week, forecasts } = series;
  const last = count === 0 ? NaN : (ring[(count - 1) & (ringSize - 1)] ?? 0);
  const usualOfDay = usualAt(day, dayShape, atMs);
  const usualOfWeek = usualAt(week, weekShape, atMs);
  newest.forecasts[0] = last;
  newest.forecasts[1] = count === 0 ? NaN : series.mean4;
  newest.forecasts[2] = usualOfDay;
  newest.forecasts[3] = usualOfWeek;
  newest.forecast = learnForecasts(forecasts, level, newest.forecasts);
  const surprise = level - newest.forecast;

  notice(series, 0, day, atMs, level - usualOfDay);
  notice(series, 1, week, atMs, level - usualOfWeek);
  learnUsual(day, dayShape, atMs, level);
  learnUsual(week, weekShape, atMs, level);

  const localScore = count >= ringSize ? localScoreOf(level, series) : NaN;
  ring[count & (ringSize - 1)] = level;
  series.count = count + 1;
  readRing(ring, series.count, newest.ring);
  const figures = newest.ring;
  series.mean4 = figures.mean4;
  series.mean64 = figures.mean64;
  series.spread64 = figures.spread64;
  series.mean256 += (level - series.mean256) * Math.max(1 / series.count, 1 / 256);
  series.deviation += (Math.abs(level - figures.mean64) - series.deviation) * Math.max(1 / series.count, 1 / 16);
  series.standstill = level === last ? series.standstill + 1 : 0;
  fillViews(
    newest.views,
    {
      before: count,
      level,
      logLevel: Math.sign(value) * Math.log1p(Math.abs(value)),
      step: level - last,
      mean256: series.mean256,
      surprise,
      relativeSurprise: learnSurprise(forecasts, surprise),
      localScore,
      seasonal: newest.seasonal,
      deviation: series.deviation,
      // A series that has never moved does not stand still; it is so.
      standstill: (series.records.highs[0] ?? 0) > (series.records.lows[0] ?? 0) ? Math.log1p(series.standstill) : NaN,
    },
    figures,
  );
}

/** Notes the distance from a profile, and its means over 8 and 32, among the seasonal figures of this value. */
function notice(series: SeriesWatch, which: 0 | 1, profile: SeasonalProfile, atMs: number, distance: number): void {
  const { seasonal } = newest;
  const isFirst = profile.knownSinceMs < 0;
  if (Number.isNaN(distance)) {
    seasonal.fill(NaN, 3 * which, 3 * which + 3);
    return;
  }
  if (isFirst) {
    profile.knownSinceMs = Math.max(0, atMs);
  }
  seasonal[3 * which] = distance;
  for (const [place, length] of [8, 32].entries()) {
    const at = 2 * which + place;
    const before = isFirst ? distance : (series.seasonalMeans[at] ?? 0);
    const mean = before + (distance - before) / length;
    series.seasonalMeans[at] = mean;
    seasonal[3 * which + 1 + place] = mean;
  }
}

/** The distance from the last 64 values in units of their spread, at most 1,000 either way; NaN when they stood still. */
function localScoreOf(level: number, { mean64, spread64 }: SeriesWatch): number {
  return spread64 > 0 ? Math.min(1_000, Math.max(-1_000, (level - mean64) / spread64)) : NaN;
}

function gatherEvidence({ anchor, records, day, week }: SeriesWatch, atMs: number): number {
  const { views, evidence } = newest;
  newest.low = records.lows[0] ?? 0;
  newest.high = records.highs[0] ?? 0;
  // What single precision and the values' own digits cannot tell apart is rounding.
  const reach = Math.max(Math.abs(newest.low), Math.abs(newest.high));
  const noise = 1e-7 * reach + 1e-12 * Math.abs(anchor) + 1e-30;
  const isDayKnown = isWhole(day, atMs, dayMs);
  const isWeekKnown = isWhole(week, atMs, 7 * dayMs);
  let sum = 0;
  for (let view = 0; view < viewCount; view++) {
    evidence[view] = 0;
    // Records are kept in single precision, so that is what is held against them.
    const value = Math.fround(views[view] ?? NaN);
    if (!Number.isNaN(value)) {
      const isHeard = view < firstDayView || view > lastWeekView || (view < firstWeekView ? isDayKnown : isWeekKnown);
      const smallest = unitless[view] === 1 ? 1e-9 : noise;
      const found = recordEvidence(records, view, value, smallest, isHeard);
      evidence[view] = found;
      sum += found;
    }
  }
  return sum;
}

const unitless = Uint8Array.from(seriesViews, ([, unit]) => (unit === 'none' ? 1 : 0));
const placeOf = (name: SeriesViewName) => seriesViews.findIndex(([view]) => view === name);
const firstDayView = placeOf('day');
const firstWeekView = placeOf('week');
const lastWeekView = placeOf('week-32');

/** Distances from a profile are evidence only when they were seen for a whole cycle. */
function isWhole({ knownSinceMs }: SeasonalProfile, atMs: number, cycleMs: number): boolean {
  return knownSinceMs >= 0 && atMs - knownSinceMs >= cycleMs;
}

/** Whether the series still only learns its range, and whether it knows its usual day and week. */
export function seriesLearning(series: SeriesWatch, atMs: number): SeriesLearning {
  return {
    isLearning: series.count <= rangeCount,
    knowsDay: isWhole(series.day, atMs, dayMs),
    knowsWeek: isWhole(series.week, atMs, 7 * dayMs),
  };
}

export interface SeriesLearning {
  /** The first 150 values only set the range: nothing can be odd yet. */
  readonly isLearning: boolean;
  readonly knowsDay: boolean;
  readonly knowsWeek: boolean;
}
