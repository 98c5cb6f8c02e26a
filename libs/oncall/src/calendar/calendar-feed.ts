import {
  epochMsOf,
  instantOf,
  isRefusal,
  type Duty,
  type Instant,
  type OnCallStretch,
  type Refusal,
  type Schedule,
} from '@watchfloor/contracts';
import { shiftAt } from '../schedule/shift.ts';
import { timeline } from '../schedule/timeline.ts';
import { dayMs } from '../schedule/wall-time.ts';
import { zoneClock } from '../schedule/zone-clock.ts';
import { contentLine, momentValue, textValue } from './content-line.ts';

/** How far a feed looks ahead at most: 180 days. */
export const longestFeedDays = 180;
/** A shift that began longer ago than this is shown from here on: 200 days. */
const longestLookBackDays = 200;

export interface FeedRequest {
  readonly schedule: Pick<Schedule, 'id' | 'name' | 'timeZone' | 'layers' | 'overrides'>;
  /** The feed begins with the shifts of this moment, whole. */
  readonly at: Instant;
  /** Days ahead, up to {@link longestFeedDays}. */
  readonly days: number;
  /** Only this person's duties; null for everybody's. */
  readonly personId: string | null;
  /** Names of people by their ids; an id stands for who has none. */
  readonly names: ReadonlyMap<string, string>;
  /** When the schedule was last changed. The same for the same content, so that the feed is the same, byte for byte. */
  readonly changedAt: Instant;
}

/**
 * A schedule as an iCalendar file: one event for each unbroken duty, in UTC.
 *
 * The UID of an event is made of schedule, layer, shift, person and override, and of its place among the pieces of that shift, so that
 * a calendar moves the event when the shift moves, and does not double it.
 *
 * @returns refused as {@link timeline} is, and for more days than {@link longestFeedDays}
 * @see RFC 5545
 */
export function calendarFeed(request: FeedRequest): string | Refusal {
  const { schedule, at, days, personId } = request;
  if (!(days > 0 && days <= longestFeedDays)) {
    return { refused: 'malformed', because: `A calendar looks ahead by ${longestFeedDays} days at most` };
  }
  const clock = zoneClock(schedule.timeZone);
  const firstShifts = new Map(schedule.layers.map((layer) => [layer.id, shiftAt(layer, at, clock)]));
  const startMs = Math.max(
    epochMsOf(at) - longestLookBackDays * dayMs,
    Math.min(
      epochMsOf(at),
      ...[...firstShifts.values()].flatMap((shift) => (shift === undefined ? [] : [epochMsOf(shift.from)])),
    ),
  );
  const stretches = timeline(schedule, instantOf(startMs), instantOf(epochMsOf(at) + days * dayMs), clock);
  if (isRefusal(stretches)) {
    return stretches;
  }
  // Of a layer whose shift began later than the earliest one, the shift before is cut off at the front: leave it out.
  const isWhole = ({ layerId, shift }: Duty): boolean =>
    layerId === null || shift === null || shift >= (firstShifts.get(layerId)?.number ?? 0);
  const events = eventsOf(stretches).filter(
    ({ duty }) => isWhole(duty) && (personId === null || duty.personId === personId),
  );
  return [
    contentLine('BEGIN', 'VCALENDAR'),
    contentLine('VERSION', '2.0'),
    contentLine('PRODID', '-//Watchfloor//On call//EN'),
    contentLine('CALSCALE', 'GREGORIAN'),
    contentLine('METHOD', 'PUBLISH'),
    contentLine('X-WR-CALNAME', textValue(`On call: ${schedule.name}`)),
    contentLine('REFRESH-INTERVAL;VALUE=DURATION', 'PT1H'),
    ...events.map((event) => eventLines(event, request)),
    contentLine('END', 'VCALENDAR'),
  ].join('');
}

/** An unbroken time of one duty; `piece` counts those of the same duty from 0. */
interface DutyEvent {
  readonly duty: Duty;
  readonly piece: number;
  readonly from: Instant;
  readonly until: Instant;
}

function eventsOf(stretches: readonly OnCallStretch[]): readonly DutyEvent[] {
  const events: DutyEvent[] = [];
  const latest = new Map<string, number>();
  for (const { from, until, onCall } of stretches) {
    for (const duty of onCall) {
      const key = keyOf(duty);
      const at = latest.get(key);
      const last = at === undefined ? undefined : events[at];
      if (at !== undefined && last?.until === from) {
        events[at] = { ...last, until };
      } else {
        latest.set(key, events.push({ duty, piece: last === undefined ? 0 : last.piece + 1, from, until }) - 1);
      }
    }
  }
  return events;
}

function keyOf({ personId, layerId, shift, overrideId }: Duty): string {
  return [layerId ?? '-', shift ?? '-', personId, overrideId ?? '-'].join('.');
}

function eventLines({ duty, piece, from, until }: DutyEvent, { schedule, names, changedAt }: FeedRequest): string {
  const who = names.get(duty.personId) ?? duty.personId;
  const layer = schedule.layers.find(({ id }) => id === duty.layerId);
  return [
    contentLine('BEGIN', 'VEVENT'),
    contentLine('UID', `${schedule.id}.${keyOf(duty)}.${piece}@watchfloor`),
    contentLine('DTSTAMP', momentValue(changedAt)),
    contentLine('DTSTART', momentValue(from)),
    contentLine('DTEND', momentValue(until)),
    contentLine('SUMMARY', textValue(`${who} on call: ${schedule.name}`)),
    ...(layer === undefined ? [] : [contentLine('DESCRIPTION', textValue(`Layer: ${layer.name}`))]),
    contentLine('TRANSP', 'TRANSPARENT'),
    contentLine('END', 'VEVENT'),
  ].join('');
}
