import { epochMsOf, type Duty, type Instant, type Layer, type Override, type Schedule } from '@watchfloor/contracts';
import { applyOverrides } from './apply-overrides.ts';
import { participantOf, shiftNumberAt } from './rotation.ts';
import { isWithin } from './weekly-hours.ts';
import { zoneClock, type WallMs, type ZoneClock } from './zone-clock.ts';

/** What on-call needs of a schedule. */
export type OnCallPlan = Pick<Schedule, 'timeZone' | 'layers' | 'overrides'>;

/**
 * Who is on call at a moment, and why.
 *
 * A later layer goes before an earlier one, or joins it where it says so; then the overrides apply, in their order.
 *
 * @param clock the clock of the schedule's zone; handing one in spares its reading for many moments
 * @returns in the order in which they were put on call; empty when nobody is. Somebody who sits on two seats is there twice:
 *   use {@link peopleOf} to page
 */
export function whoIsOnCall(
  plan: OnCallPlan,
  instant: Instant,
  clock: ZoneClock = zoneClock(plan.timeZone),
): readonly Duty[] {
  return onCallAt(plan, epochMsOf(instant), clock);
}

/** The people of some duties, each once, in order. */
export function peopleOf(duties: readonly Duty[]): readonly string[] {
  return [...new Set(duties.map(({ personId }) => personId))];
}

/** {@link whoIsOnCall} for milliseconds since 1970. @param bitten takes the ids of the overrides that changed something */
export function onCallAt(
  { layers, overrides }: OnCallPlan,
  epochMs: number,
  clock: ZoneClock,
  bitten?: Set<Override['id']>,
): readonly Duty[] {
  const reading = clock.readingAt(epochMs);
  const shiftOfLayer = new Map<string, number>();
  let duties: readonly Duty[] = [];
  for (const layer of layers) {
    const shift = shiftOnCall(layer, epochMs, reading);
    if (shift !== null) {
      shiftOfLayer.set(layer.id, shift);
      const duty = { personId: participantOf(layer.rotation, shift), layerId: layer.id, shift, overrideId: null };
      duties = layer.joins ? [...duties, duty] : [duty];
    }
  }
  return applyOverrides(duties, overrides, { epochMs, shiftOfLayer }, bitten);
}

/** The shift of a layer that is on call; null outside its hours, and before its rotation has begun. */
function shiftOnCall({ rotation, hours, from, until }: Layer, epochMs: number, reading: WallMs): number | null {
  const isInForce = (from === null || epochMsOf(from) <= epochMs) && (until === null || epochMs < epochMsOf(until));
  const shift = shiftNumberAt(rotation, reading);
  return isInForce && shift >= 0 && (hours.length === 0 || isWithin(hours, reading)) ? shift : null;
}
