import { type Instant, type OnCallStretch, type Override, type Refusal, isRefusal } from '@watchfloor/contracts';
import { timeline } from './timeline.ts';
import type { OnCallPlan } from './who-is-on-call.ts';
import { zoneClock } from './zone-clock.ts';

/** Nobody is on call: because overrides took everybody off, or because no layer covers the time. */
export interface Gap {
  readonly from: Instant;
  readonly until: Instant;
  readonly because: 'overrides' | 'layers';
}

/** One person, on call for two things at once: a backup who is the one to be backed up. */
export interface DoubleBooking {
  readonly personId: string;
  readonly from: Instant;
  readonly until: Instant;
  /** The schedules, one for each seat; the same one twice when it seats the person twice. */
  readonly scheduleIds: readonly string[];
}

/** What is wrong with who is on call over a time. */
export interface Coverage {
  readonly gaps: readonly Gap[];
  /** Overrides that change nothing: whoever they are about is not on call then. */
  readonly idleOverrideIds: readonly Override['id'][];
}

/**
 * Times without anybody, and overrides without effect. An override that lies outside the range counts as without effect.
 *
 * @returns refused as {@link timeline} is
 */
export function coverageOf(plan: OnCallPlan, from: Instant, until: Instant): Coverage | Refusal {
  const clock = zoneClock(plan.timeZone);
  const bitten = new Set<Override['id']>();
  const actual = timeline(plan, from, until, clock, bitten);
  const planned = timeline({ ...plan, overrides: [] }, from, until, clock);
  if (isRefusal(actual)) {
    return actual;
  }
  if (isRefusal(planned)) {
    return planned;
  }
  const empty = (stretch: OnCallStretch): boolean => stretch.onCall.length === 0;
  const byLayers = planned.filter(empty);
  const gaps = actual.filter(empty).flatMap((gap) => split(gap, byLayers));
  return { gaps, idleOverrideIds: plan.overrides.map(({ id }) => id).filter((id) => !bitten.has(id)) };
}

/** A gap, cut where the layers alone would have left one. */
function split(gap: OnCallStretch, byLayers: readonly OnCallStretch[]): readonly Gap[] {
  const parts: Gap[] = [];
  let at = gap.from;
  for (const { from, until } of byLayers) {
    if (until <= at || from >= gap.until) {
      continue;
    }
    if (from > at) {
      parts.push({ from: at, until: from, because: 'overrides' });
      at = from;
    }
    const end = until < gap.until ? until : gap.until;
    parts.push({ from: at, until: end, because: 'layers' });
    at = end;
  }
  return at < gap.until ? [...parts, { from: at, until: gap.until, because: 'overrides' }] : parts;
}

/**
 * Who sits on two seats at once, within one schedule or in several.
 *
 * @param timelines what {@link timeline} gave for each schedule, over the same time
 * @returns in order of time; stretches of one person that follow each other with the same seats are one
 */
export function doubleBookings(
  timelines: readonly { readonly scheduleId: string; readonly stretches: readonly OnCallStretch[] }[],
): readonly DoubleBooking[] {
  const all = timelines.flatMap(({ stretches }) => stretches.flatMap(({ from, until }) => [from, until]));
  const moments = [...new Set(all)].sort();
  const cursors = timelines.map(() => 0);
  const found: DoubleBooking[] = [];
  const open = new Map<string, number>();
  moments.slice(0, -1).forEach((from, index) => {
    const until = moments[index + 1] ?? from;
    const seats = new Map<string, string[]>();
    timelines.forEach(({ scheduleId, stretches }, which) => {
      let cursor = cursors[which] ?? 0;
      while ((stretches[cursor]?.until ?? '~') <= from) {
        cursor += 1;
      }
      cursors[which] = cursor;
      const stretch = stretches[cursor];
      const onCall = stretch !== undefined && stretch.from <= from ? stretch.onCall : [];
      onCall.forEach(({ personId }) => seats.set(personId, [...(seats.get(personId) ?? []), scheduleId]));
    });
    for (const [personId, scheduleIds] of seats) {
      if (scheduleIds.length < 2) {
        continue;
      }
      const at = open.get(personId);
      const last = at === undefined ? undefined : found[at];
      if (at !== undefined && last?.until === from && last.scheduleIds.join() === scheduleIds.join()) {
        found[at] = { ...last, until };
      } else {
        open.set(personId, found.push({ personId, from, until, scheduleIds }) - 1);
      }
    }
  });
  return found;
}
