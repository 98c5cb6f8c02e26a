import { describe, expect, it } from '@jest/globals';
import { alarmHeight, budgetShares, promisedEvery } from './alarm-budget.ts';
import { alarmsIn, noAlarms, noteAlarm, noteDay, watchedDays } from './alarm-log.ts';
import { learnPace, noPace, type Pace } from './statistics/pace.ts';
import { alarmFigures } from './watch-figures.ts';
import { startWatch } from './stream-watch.ts';
import { watchSettings } from '../../../test/builders/a-stream.ts';

function aPace(perMinute: number, minutes: number): Pace {
  const pace = noPace();
  for (let minute = 0; minute < minutes; minute++) {
    learnPace(pace, minute * 60_000, perMinute);
  }
  return pace;
}

const dayMs = 86_400_000;

describe('the budget of alarms', () => {
  it('is shared out, and not more than all of it', () => {
    const shares = Object.values(budgetShares).reduce<number>((sum, share) => sum + share, 0);
    expect(shares).toBeGreaterThan(0.8);
    expect(shares).toBeLessThanOrEqual(1);
  });

  it.each([
    ['a week’s predictions over the flags of its share', null, 2, aPace(10, 120), 252_000],
    ['less evidence for more flags', null, 20, aPace(10, 120), 25_200],
    ['never less than a thousand', null, 1_000, aPace(1, 120), 1_000],
    ['a hundred thousand while the week is not known', null, 2, aPace(10, 59), 100_000],
    ['a day’s predictions then, if those are more', null, 2, aPace(1_000, 59), 1_440_000],
    ['what the policy says', 5_000, 2, aPace(1, 120), 5_000],
    ['but no more than a false alarm a day', 5_000, 2, aPace(100, 120), 144_000],
  ])('makes %s the height of a shift', (_, falseAlarmEvery, perWeek, pace, every) => {
    expect(promisedEvery('confidence-shift', falseAlarmEvery, perWeek, pace) / every).toBeCloseTo(1, 2);
  });

  it('asks for ten times the evidence with each flag beyond the week’s share', () => {
    const log = noAlarms();
    const settings = watchSettings();
    noteDay(log, 10 * dayMs);
    const heights = [0, 1, 2, 3].map(() => {
      const { every, height } = alarmHeight('label-shift', null, settings, { pace: noPace(), log });
      noteAlarm(log, 'label-shift');
      return height / every;
    });
    expect(heights).toEqual([1, 1, 10, 100]);
    expect(alarmHeight('latency-shift', null, settings, { pace: noPace(), log }).height).toBe(100_000);
    noteDay(log, 17 * dayMs);
    expect(alarmHeight('label-shift', null, settings, { pace: noPace(), log }).height).toBe(100_000);
  });
});

describe('the log of alarms', () => {
  it('counts days, forgets after four weeks, and does not go back with a clock', () => {
    const log = noAlarms();
    expect(watchedDays(log)).toBe(0);
    noteDay(log, 100 * dayMs);
    noteAlarm(log, 'silence');
    noteDay(log, 105 * dayMs);
    noteDay(log, 3 * dayMs);
    noteAlarm(log, 'silence');
    expect([alarmsIn(log, 'silence', 5), alarmsIn(log, 'silence', 7), watchedDays(log)]).toEqual([1, 2, 6]);
    noteDay(log, 130 * dayMs);
    expect([alarmsIn(log, 'silence', 28), watchedDays(log)]).toEqual([1, 28]);
    noteDay(log, 1e6 * dayMs);
    expect(alarmsIn(log, 'silence', 28)).toBe(0);
  });
});

describe('promised against actual', () => {
  it('is told for each detector that is on', () => {
    const watch = startWatch();
    noteDay(watch.alarms, 100 * dayMs);
    noteAlarm(watch.alarms, 'label-shift');
    noteDay(watch.alarms, 113 * dayMs);
    noteAlarm(watch.alarms, 'label-shift');
    const figures = alarmFigures(watch, watchSettings({ burst: { enabled: false } }));
    expect(figures.map(({ kind }) => kind)).not.toContain('burst');
    expect(figures.find(({ kind }) => kind === 'label-shift')).toEqual({
      kind: 'label-shift',
      promisedPerWeek: 0.4,
      promisedEvery: 100_000,
      lastWeek: 1,
      perWeek: 1,
    });
    expect(figures.find(({ kind }) => kind === 'repeated')).toMatchObject({
      promisedPerWeek: null,
      promisedEvery: null,
    });
  });
});
