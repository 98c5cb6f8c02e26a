import {
  epochMsOf,
  instantOf,
  type Instant,
  type Layer,
  type Override,
  type OverrideTime,
} from '@watchfloor/contracts';
import { handOffReading, participantOf, shiftNumberAt } from './rotation.ts';
import { zoneClock, type ZoneClock } from './zone-clock.ts';

/** One turn of a layer's rotation, whole: its hours and its overrides are not regarded. */
export interface Shift {
  readonly layerId: Layer['id'];
  /** From 0, the first turn of all. */
  readonly number: number;
  readonly personId: string;
  readonly from: Instant;
  /** The same as `from` for a turn that lies wholly in a time which the zone's clock jumped over. */
  readonly until: Instant;
}

/** A turn by its number. @param number from 0 */
export function shiftOf(layer: Layer, number: number, clock: ZoneClock): Shift {
  return {
    layerId: layer.id,
    number,
    personId: participantOf(layer.rotation, number),
    from: instantOf(clock.firstAt(handOffReading(layer.rotation, number))),
    until: instantOf(clock.firstAt(handOffReading(layer.rotation, number + 1))),
  };
}

/** The turn that holds a moment; undefined before the rotation has begun. */
export function shiftAt(layer: Layer, instant: Instant, clock: ZoneClock): Shift | undefined {
  const number = shiftNumberAt(layer.rotation, clock.readingAt(epochMsOf(instant)));
  return number < 0 ? undefined : shiftOf(layer, number, clock);
}

/**
 * The overrides of a schedule after one of its layers was edited: what is bound to a shift goes to the shift that holds the middle
 * of the old one. So a later hand-off moves the override with its shift, and a new start of the rotation, which numbers
 * the shifts anew, leaves it where it was.
 *
 * @param timeZones of the schedule before and after
 * @returns the same overrides, in order; one whose shift lies before the rotation's new start is bound to the first shift
 */
export function followShifts(
  overrides: readonly Override[],
  before: Layer,
  after: Layer,
  timeZones: { readonly before: string; readonly after: string },
): readonly Override[] {
  const [clockBefore, clockAfter] = [zoneClock(timeZones.before), zoneClock(timeZones.after)];
  const follow = <When extends OverrideTime>(when: When): When => {
    if (when.kind !== 'shift' || when.layerId !== before.id) {
      return when;
    }
    const { from, until } = shiftOf(before, when.shift, clockBefore);
    const middle = instantOf((epochMsOf(from) + epochMsOf(until)) / 2);
    return { ...when, layerId: after.id, shift: shiftAt(after, middle, clockAfter)?.number ?? 0 };
  };
  return overrides.map((override) =>
    override.kind === 'swap'
      ? {
          ...override,
          first: { ...override.first, when: follow(override.first.when) },
          second: { ...override.second, when: follow(override.second.when) },
        }
      : { ...override, when: follow(override.when) },
  );
}
