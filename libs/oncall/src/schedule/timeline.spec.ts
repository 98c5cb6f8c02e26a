import { describe, expect, it } from '@jest/globals';
import { instantOf, isRefusal, type OnCallStretch, type Refusal } from '@watchfloor/contracts';
import fc from 'fast-check';
import { aLayer, alice, aSchedule, bob, businessHours, someSchedule } from '../../../../test/builders/a-schedule.ts';
import { timeline } from './timeline.ts';
import { peopleOf, whoIsOnCall } from './who-is-on-call.ts';
import { zoneClock } from './zone-clock.ts';

const from = '2026-01-05T08:00:00.000Z';

function drawn(stretches: readonly OnCallStretch[] | Refusal): readonly OnCallStretch[] {
  if (isRefusal(stretches)) {
    throw new Error(stretches.because);
  }
  return stretches;
}

describe('a timeline', () => {
  it('follows the turns', () => {
    const stretches = drawn(timeline(aSchedule(), from, '2026-01-26T08:00:00.000Z'));
    expect(stretches.map((stretch) => [stretch.from.slice(0, 10), peopleOf(stretch.onCall)])).toEqual([
      ['2026-01-05', [alice]],
      ['2026-01-12', [bob]],
      ['2026-01-19', [alice]],
    ]);
  });

  it('shows the gaps between hours', () => {
    const schedule = aSchedule({ layers: [aLayer({ hours: [businessHours] })] });
    const stretches = drawn(timeline(schedule, from, '2026-01-12T08:00:00.000Z'));
    expect(stretches.map(({ onCall }) => onCall.length)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
  });

  it('joins hours that touch', () => {
    const hours = [businessHours, { days: [1, 2, 3, 4, 5], from: '17:00', until: '22:00' }];
    const stretches = drawn(timeline(aSchedule({ layers: [aLayer({ hours })] }), from, '2026-01-06T08:00:00.000Z'));
    expect(stretches).toHaveLength(2);
  });

  it('is refused when it ends before it begins, is too long, or has too many hand-offs', () => {
    expect(timeline(aSchedule(), from, from)).toMatchObject({ refused: 'malformed' });
    expect(timeline(aSchedule(), from, '2027-02-10T08:00:00.000Z')).toMatchObject({ refused: 'too-large' });
    const hourly = aLayer({}, { unit: 'hour' });
    const layers = [hourly, hourly, hourly];
    expect(timeline(aSchedule({ layers }), from, '2027-01-05T08:00:00.000Z')).toMatchObject({ refused: 'too-large' });
    // One of the hours is two hours long, in October.
    expect(timeline(aSchedule({ layers: [hourly] }), from, '2027-01-05T08:00:00.000Z')).toHaveLength(8_759);
  });

  it('has no break and no overlap, merges what is the same, and agrees with who is on call at any moment', () => {
    fc.assert(
      fc.property(
        someSchedule,
        fc.integer({ min: 0, max: 600 * 1_440 }),
        fc.integer({ min: 1, max: 60 * 1_440 }),
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 20, maxLength: 20 }),
        (schedule, startMinutes, minutes, shares) => {
          const startMs = Date.parse('2026-01-01T00:00:00.000Z') + startMinutes * 60_000;
          const endMs = startMs + minutes * 60_000;
          const stretches = drawn(timeline(schedule, instantOf(startMs), instantOf(endMs)));
          expect(stretches[0]?.from).toBe(instantOf(startMs));
          expect(stretches.at(-1)?.until).toBe(instantOf(endMs));
          stretches.slice(1).forEach((stretch, index) => {
            expect(stretch.from).toBe(stretches[index]?.until);
            expect(stretch.onCall).not.toEqual(stretches[index]?.onCall);
          });
          const clock = zoneClock(schedule.timeZone);
          for (const share of shares) {
            const at = instantOf(startMs + Math.floor(share * (endMs - startMs)));
            const stretch = stretches.find((one) => one.from <= at && at < one.until);
            expect(stretch?.onCall).toEqual(whoIsOnCall(schedule, at, clock));
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
