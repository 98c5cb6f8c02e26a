import { Temporal } from 'temporal-polyfill';

/**
 * A reading of a zone's clock: milliseconds since 1970-01-01T00:00 *on that clock*. Days of such readings have 24 hours always,
 * so that plain arithmetic is arithmetic on the calendar.
 */
export type WallMs = number;

/** A stretch of time in which a zone keeps one offset. */
interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offsetMs: number;
  /** The highest reading before this stretch. */
  readonly highestBefore: WallMs;
}

const hourMs = 3_600_000;
/** No zone has been further ahead of UTC than 15:13:42 (Metlakatla, until 1867). */
const furthestAheadMs = 16 * hourMs;
/** No clock has been put back by more than a day. */
const furthestBackMs = 25 * hourMs;
const mostSpans = 10_000;

/**
 * The clock of a zone as on-call uses it: it jumps forward with the zone, and where the zone's clock is put back it stands still
 * until the time is made up. So it never goes back, every reading has exactly one first moment, and what is cut
 * along its readings has neither gaps nor overlaps, whatever the zone does.
 */
export interface ZoneClock {
  /** The highest reading up to this moment. @param epochMs milliseconds since 1970-01-01T00:00Z */
  readonly readingAt: (epochMs: number) => WallMs;
  /** The first moment at which the clock shows this reading or a later one. @returns milliseconds since 1970-01-01T00:00Z */
  readonly firstAt: (reading: WallMs) => number;
}

/**
 * @param timeZone name in the IANA database
 * @throws RangeError for an unknown zone (contracts refuse those)
 */
export function zoneClock(timeZone: string): ZoneClock {
  const known: Span[] = [];

  function spanAt(epochMs: number): Span {
    const found = known.find(({ fromMs, untilMs }) => fromMs <= epochMs && epochMs < untilMs);
    if (found !== undefined) {
      return found;
    }
    const span = readSpan(timeZone, epochMs);
    if (known.length < mostSpans) {
      known.unshift(span);
    }
    return span;
  }

  function readingAt(epochMs: number): WallMs {
    const { offsetMs, highestBefore } = spanAt(epochMs);
    return Math.max(epochMs + offsetMs, highestBefore);
  }

  function firstAt(reading: WallMs): number {
    let span = spanAt(reading - furthestAheadMs);
    for (;;) {
      const at = Math.max(span.fromMs, reading - span.offsetMs);
      if (at < span.untilMs) {
        return at;
      }
      span = spanAt(span.untilMs);
    }
  }

  return { readingAt, firstAt };
}

function readSpan(timeZone: string, epochMs: number): Span {
  const here = zoned(timeZone, epochMs);
  const fromMs = changeBefore(timeZone, epochMs + 1) ?? -Infinity;
  return {
    fromMs,
    untilMs: here.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offsetMs: offsetOf(here),
    highestBefore: highestBefore(timeZone, fromMs),
  };
}

/**
 * What the clock showed at most before it was changed, over all changes of the last day. A clock that is put back at 03:00 never
 * showed 03:00: what begins then begins when the hour is over for the second time.
 */
function highestBefore(timeZone: string, changedMs: number): WallMs {
  let highest = -Infinity;
  let at = changedMs;
  while (at > changedMs - furthestBackMs) {
    highest = Math.max(highest, at - 1 + offsetOf(zoned(timeZone, at - 1)));
    at = changeBefore(timeZone, at) ?? -Infinity;
  }
  return highest;
}

function changeBefore(timeZone: string, epochMs: number): number | undefined {
  return zoned(timeZone, epochMs).getTimeZoneTransition('previous')?.epochMilliseconds;
}

function zoned(timeZone: string, epochMs: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone);
}

function offsetOf(moment: Temporal.ZonedDateTime): number {
  return moment.offsetNanoseconds / 1e6;
}
