import { describe, expect, it } from '@jest/globals';
import { isRefusal, type OnCallStretch } from '@watchfloor/contracts';
import fc from 'fast-check';
import { anId } from '../../../../test/builders/a-flag.ts';
import {
  aLayer,
  alice,
  aSchedule,
  bob,
  businessHours,
  carol,
  someSchedule,
} from '../../../../test/builders/a-schedule.ts';
import { coverageOf, doubleBookings } from './coverage.ts';
import { timeline } from './timeline.ts';

const from = '2026-01-05T08:00:00.000Z';
const until = '2026-01-06T08:00:00.000Z';

describe('gaps', () => {
  it('are found, each with its cause', () => {
    const schedule = aSchedule({
      layers: [aLayer({ hours: [businessHours] })],
      overrides: [
        {
          id: anId(41),
          kind: 'remove',
          personId: alice,
          when: { kind: 'stretch', from: '2026-01-05T15:00:00.000Z', until: '2026-01-05T18:00:00.000Z' },
        },
      ],
    });
    expect(coverageOf(schedule, from, until)).toEqual({
      gaps: [
        { from: '2026-01-05T15:00:00.000Z', until: '2026-01-05T16:00:00.000Z', because: 'overrides' },
        { from: '2026-01-05T16:00:00.000Z', until, because: 'layers' },
      ],
      idleOverrideIds: [],
    });
  });

  it('are exactly the times without anybody', () => {
    fc.assert(
      fc.property(someSchedule, fc.integer({ min: 0, max: 500 }), (schedule, day) => {
        const start = new Date(Date.parse('2026-01-01T00:00:00Z') + day * 86_400_000).toISOString();
        const end = new Date(Date.parse(start) + 20 * 86_400_000).toISOString();
        const coverage = coverageOf(schedule, start, end);
        const stretches = timeline(schedule, start, end);
        if (isRefusal(coverage) || isRefusal(stretches)) {
          throw new Error('refused');
        }
        const spanOf = (spans: readonly { from: string; until: string }[]): number =>
          spans.reduce((sum, span) => sum + Date.parse(span.until) - Date.parse(span.from), 0);
        expect(spanOf(coverage.gaps)).toBe(spanOf(stretches.filter(({ onCall }) => onCall.length === 0)));
        coverage.gaps.forEach((gap) => {
          expect(
            stretches.some((one) => one.from <= gap.from && gap.until <= one.until && one.onCall.length === 0),
          ).toBe(true);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('an override without effect', () => {
  it('is found: who it is about is not on call', () => {
    const schedule = aSchedule({
      overrides: [
        { id: anId(41), kind: 'remove', personId: bob, when: { kind: 'stretch', from, until } },
        { id: anId(42), kind: 'add', personId: carol, when: { kind: 'stretch', from, until } },
      ],
    });
    expect(coverageOf(schedule, from, until)).toEqual({ gaps: [], idleOverrideIds: [anId(41)] });
  });
});

describe('a double booking', () => {
  const stretchesOf = (schedule: Parameters<typeof timeline>[0]): readonly OnCallStretch[] => {
    const stretches = timeline(schedule, from, '2026-01-26T08:00:00.000Z');
    if (isRefusal(stretches)) {
      throw new Error(stretches.because);
    }
    return stretches;
  };

  it('is found where the backup is the one to be backed up', () => {
    const primary = { scheduleId: anId(31), stretches: stretchesOf(aSchedule()) };
    const backup = {
      scheduleId: anId(32),
      stretches: stretchesOf(aSchedule({ layers: [aLayer({}, { participants: [bob, carol, alice] })] })),
    };
    expect(doubleBookings([primary, backup])).toEqual([
      {
        personId: alice,
        from: '2026-01-19T08:00:00.000Z',
        until: '2026-01-26T08:00:00.000Z',
        scheduleIds: [anId(31), anId(32)],
      },
    ]);
  });

  it('is found within one schedule', () => {
    const layers = [aLayer(), aLayer({ id: anId(22), joins: true }, { participants: [alice] })];
    const found = doubleBookings([{ scheduleId: anId(31), stretches: stretchesOf(aSchedule({ layers })) }]);
    expect(found.map((one) => [one.personId, one.from.slice(0, 10), one.until.slice(0, 10)])).toEqual([
      [alice, '2026-01-05', '2026-01-12'],
      [alice, '2026-01-19', '2026-01-26'],
    ]);
  });

  it('is not found where there is none', () => {
    expect(doubleBookings([{ scheduleId: anId(31), stretches: stretchesOf(aSchedule()) }])).toEqual([]);
    expect(doubleBookings([])).toEqual([]);
  });
});
