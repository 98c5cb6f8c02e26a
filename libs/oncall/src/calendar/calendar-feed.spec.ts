import { describe, expect, it } from '@jest/globals';
import { isRefusal, type Schedule } from '@watchfloor/contracts';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { anId } from '../../../../test/builders/a-flag.ts';
import {
  aLayer,
  alice,
  aSchedule,
  bob,
  businessHours,
  carol,
  dave,
  someSchedule,
} from '../../../../test/builders/a-schedule.ts';
import { timeline } from '../schedule/timeline.ts';
import { peopleOf } from '../schedule/who-is-on-call.ts';
import { calendarFeed, type FeedRequest } from './calendar-feed.ts';
import { contentLine, textValue } from './content-line.ts';

const at = '2026-01-07T12:00:00.000Z';
const names = new Map([
  [alice, 'Alice Ö; Ada, \\ and\nco'],
  [bob, 'Bob'],
]);

function feed(schedule: Schedule, changes: Partial<FeedRequest> = {}): string {
  const text = calendarFeed({ schedule, at, days: 14, personId: null, names, changedAt: at, ...changes });
  if (isRefusal(text)) {
    throw new Error(text.because);
  }
  return text;
}

interface ReadEvent {
  readonly uid: string;
  readonly summary: string;
  readonly from: string;
  readonly until: string;
}

/** The events as another program reads them. */
function read(text: string): readonly ReadEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as string);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, startDate, endDate } = new ICAL.Event(component);
    return { uid, summary, from: startDate.toJSDate().toISOString(), until: endDate.toJSDate().toISOString() };
  });
}

describe('a calendar feed', () => {
  it('is read by another program as it was meant: whole shifts, names with all their signs', () => {
    const events = read(feed(aSchedule()));
    expect(events.map(({ summary, from, until }) => [summary, from, until])).toEqual([
      ['Alice Ö; Ada, \\ and\nco on call: toxicity', '2026-01-05T08:00:00.000Z', '2026-01-12T08:00:00.000Z'],
      ['Bob on call: toxicity', '2026-01-12T08:00:00.000Z', '2026-01-19T08:00:00.000Z'],
      ['Alice Ö; Ada, \\ and\nco on call: toxicity', '2026-01-19T08:00:00.000Z', '2026-01-21T12:00:00.000Z'],
    ]);
  });

  it('keeps its UIDs from day to day, and when the hand-off moves', () => {
    const hours = aSchedule({ layers: [aLayer({ hours: [businessHours] })] });
    const uids = (text: string): readonly string[] => read(text).map(({ uid }) => uid);
    const today = uids(feed(hours, { days: 7 }));
    expect(new Set(today).size).toBe(today.length);
    const tomorrow = uids(feed(hours, { at: '2026-01-08T12:00:00.000Z', days: 6 }));
    expect(tomorrow).toEqual(today);
    const moved = aSchedule({
      layers: [aLayer({ hours: [{ ...businessHours, from: '08:00' }] }, { handOffAt: '08:00' })],
    });
    expect(uids(feed(moved, { days: 7 }))).toEqual(today);
  });

  it('is one person\u2019s where that is asked for', () => {
    expect(read(feed(aSchedule(), { personId: bob }))).toHaveLength(1);
    expect(read(feed(aSchedule(), { personId: carol }))).toEqual([]);
  });

  it('has an override as an event of its own, and the rest of the shift as pieces', () => {
    const schedule = aSchedule({
      overrides: [
        {
          id: anId(41),
          kind: 'replace',
          personId: alice,
          byId: dave,
          when: { kind: 'stretch', from: '2026-01-08T00:00:00.000Z', until: '2026-01-09T00:00:00.000Z' },
        },
      ],
    });
    const events = read(feed(schedule, { days: 4 }));
    expect(events.map(({ from }) => from.slice(0, 10))).toEqual(['2026-01-05', '2026-01-08', '2026-01-09']);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(3);
  });

  it('does not cut a duty where somebody else\u2019s changes', () => {
    const beside = aLayer({ id: anId(22), joins: true }, { unit: 'day', participants: [carol] });
    const events = read(feed(aSchedule({ layers: [aLayer(), beside] }), { days: 5 }));
    expect(events.filter(({ uid }) => uid.includes(alice))).toHaveLength(1);
  });

  it('is refused for more days than it covers', () => {
    expect(calendarFeed({ schedule: aSchedule(), at, days: 181, personId: null, names, changedAt: at })).toMatchObject({
      refused: 'malformed',
    });
  });

  it('has everybody\u2019s time, neither more nor less, under UIDs of their own', () => {
    fc.assert(
      fc.property(someSchedule, (schedule) => {
        const now = '2026-02-01T00:00:00.000Z';
        const until = '2026-02-21T00:00:00.000Z';
        const events = read(feed(schedule, { at: now, days: 20 }));
        expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
        const stretches = timeline(schedule, now, until);
        if (isRefusal(stretches)) {
          throw new Error(stretches.because);
        }
        for (const { from, onCall } of stretches) {
          const shown = events.filter((event) => event.from <= from && from < event.until);
          expect(shown.length).toBe(onCall.length);
          expect(new Set(shown.map(({ summary }) => summary)).size).toBe(
            new Set(peopleOf(onCall).map((id) => names.get(id) ?? id)).size,
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a text', () => {
  it('is escaped, so that a backslash before an n stays one', () => {
    expect(textValue('a\\nb;c,d\r\ne\u0007')).toBe('a\\\\nb\\;c\\,d\\ne\ufffd');
  });
});

describe('a content line', () => {
  const octets = (text: string): number => new TextEncoder().encode(text).length;

  it('is folded at 75 octets, within no character, and is whole again when unfolded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }), (text) => {
        const value = textValue(text);
        const line = contentLine('SUMMARY', value);
        expect(line.endsWith('\r\n')).toBe(true);
        const parts = line.slice(0, -2).split('\r\n');
        expect(Math.max(...parts.map(octets))).toBeLessThanOrEqual(75);
        parts.slice(1).forEach((part) => expect(part.startsWith(' ')).toBe(true));
        expect(parts.every((part) => part.isWellFormed())).toBe(true);
        expect(line.replaceAll('\r\n ', '')).toBe(`SUMMARY:${value}\r\n`);
      }),
    );
  });

  it('never lets a text end its line: what a name contains is text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200, size: 'max' }), (name) => {
        const text = feed(aSchedule({ name }), { days: 1 });
        expect(text.split('\r\n').filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/);
        const expected = name
          .toWellFormed()
          .replaceAll(/\r\n|\r|\n/g, '\n')
          .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\ufffd');
        expect(read(text)[0]?.summary.endsWith(` on call: ${expected}`)).toBe(true);
      }),
    );
  });
});
