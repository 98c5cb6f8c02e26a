import {
  epochMsOf,
  instantOf,
  type Duty,
  type Instant,
  type Layer,
  type OnCallStretch,
  type Override,
  type Refusal,
} from '@watchfloor/contracts';
import { handOffReading, shiftNumberAt, turnLengthMs } from './rotation.ts';
import { dayMs } from './wall-time.ts';
import { hoursBetween } from './weekly-hours.ts';
import { onCallAt, type OnCallPlan } from './who-is-on-call.ts';
import { zoneClock, type ZoneClock } from './zone-clock.ts';

/** The longest timeline that is drawn at once: 400 days, a year and a bit. */
export const longestTimelineDays = 400;
/** The most moments at which somebody may come on or go off call in one timeline. */
export const mostChanges = 20_000;

/**
 * Who is on call from one moment to another, as stretches that follow each other without a break. Of neighbours no two have
 * the same duties.
 *
 * @param bitten takes the ids of the overrides that changed something on the way
 * @returns from `from` up to `until`; refused when it ends before it begins, is longer than {@link longestTimelineDays}, or has
 *   more than {@link mostChanges} changes (hourly turns over a year)
 */
export function timeline(
  plan: OnCallPlan,
  from: Instant,
  until: Instant,
  clock: ZoneClock = zoneClock(plan.timeZone),
  bitten?: Set<Override['id']>,
): readonly OnCallStretch[] | Refusal {
  const range = { fromMs: epochMsOf(from), untilMs: epochMsOf(until) };
  if (range.fromMs >= range.untilMs) {
    return { refused: 'malformed', because: 'The time asked for ends before it begins' };
  }
  if (range.untilMs - range.fromMs > longestTimelineDays * dayMs) {
    return { refused: 'too-large', because: `A timeline covers ${longestTimelineDays} days at most` };
  }
  if (changesAtMost(plan, range) > mostChanges) {
    return { refused: 'too-large', because: 'So many hand-offs do not fit into one timeline: ask for a shorter time' };
  }
  const stretches: OnCallStretch[] = [];
  for (const [startMs, endMs] of pairs(momentsOfChange(plan, range, clock))) {
    const onCall = onCallAt(plan, startMs, clock, bitten);
    const last = stretches.at(-1);
    if (last !== undefined && areSame(last.onCall, onCall)) {
      stretches[stretches.length - 1] = { ...last, until: instantOf(endMs) };
    } else {
      stretches.push({ from: instantOf(startMs), until: instantOf(endMs), onCall: [...onCall] });
    }
  }
  return stretches;
}

interface Range {
  readonly fromMs: number;
  readonly untilMs: number;
}

function changesAtMost({ layers, overrides }: OnCallPlan, { fromMs, untilMs }: Range): number {
  const days = (untilMs - fromMs) / dayMs + 3;
  const ofLayers = layers.map(({ rotation, hours }) => {
    const hoursADay = hours.reduce((sum, weekly) => sum + weekly.days.length / 7, 0);
    return (days * dayMs) / turnLengthMs(rotation) + 2 * hoursADay * days + 2;
  });
  return ofLayers.reduce((sum, count) => sum + count, 0) + 4 * overrides.length;
}

/** Every moment of the range at which somebody may come on or go off call, its ends included, in order. */
function momentsOfChange({ layers, overrides }: OnCallPlan, range: Range, clock: ZoneClock): readonly number[] {
  const edges = [
    ...layers.flatMap((layer) => [
      ...ownEdges(layer),
      ...handOffs(layer, range, clock),
      ...hourEdges(layer, range, clock),
    ]),
    ...overrides.flatMap(stretchEdges),
  ];
  const inside = edges.filter((at) => at > range.fromMs && at < range.untilMs);
  return [...new Set([range.fromMs, ...inside, range.untilMs])].sort((a, b) => a - b);
}

function ownEdges({ from, until }: Layer): readonly number[] {
  return [from, until].filter((at) => at !== null).map(epochMsOf);
}

function handOffs({ rotation }: Layer, { fromMs, untilMs }: Range, clock: ZoneClock): readonly number[] {
  const first = Math.max(0, shiftNumberAt(rotation, clock.readingAt(fromMs)));
  const last = shiftNumberAt(rotation, clock.readingAt(untilMs));
  const moments: number[] = [];
  for (let shift = first; shift <= last; shift += 1) {
    moments.push(clock.firstAt(handOffReading(rotation, shift)));
  }
  return moments;
}

function hourEdges({ hours }: Layer, { fromMs, untilMs }: Range, clock: ZoneClock): readonly number[] {
  return hoursBetween(hours, clock.readingAt(fromMs), clock.readingAt(untilMs) + 1).flatMap((day) => [
    clock.firstAt(day.from),
    clock.firstAt(day.until),
  ]);
}

function stretchEdges(override: Override): readonly number[] {
  const times = override.kind === 'swap' ? [override.first.when, override.second.when] : [override.when];
  return times.flatMap((when) => (when.kind === 'stretch' ? [epochMsOf(when.from), epochMsOf(when.until)] : []));
}

function pairs(moments: readonly number[]): readonly (readonly [number, number])[] {
  return moments.slice(1).map((end, index) => [moments[index] ?? end, end] as const);
}

function areSame(some: readonly Duty[], others: readonly Duty[]): boolean {
  return some.length === others.length && some.every((duty, index) => isSame(duty, others[index]));
}

function isSame(duty: Duty, other: Duty | undefined): boolean {
  return (
    duty.personId === other?.personId &&
    duty.layerId === other.layerId &&
    duty.shift === other.shift &&
    duty.overrideId === other.overrideId
  );
}
