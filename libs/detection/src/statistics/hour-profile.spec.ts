import { describe, expect, it } from '@jest/globals';
import { dayCellOf, weekHourOf } from './day-cells.ts';
import { forgetHour, learnHourGap, noHourGaps, usualGapAt } from './hour-gaps.ts';
import { knownHours, learnHour, noHourProfile, usualAt } from './hour-profile.ts';

const hourMs = 3_600_000;
/** A Monday. */
const monday = Date.parse('2026-11-23T00:00:00Z') / hourMs;

describe('the cells of a week', () => {
  it('are hours of the day, working days and weekends apart', () => {
    expect(dayCellOf((monday + 9.5) * hourMs)).toBe(9);
    expect(dayCellOf((monday + 5 * 24 + 9) * hourMs)).toBe(33);
    expect(dayCellOf((monday + 6 * 24 + 23) * hourMs)).toBe(47);
    expect(dayCellOf(-1)).toBe(23);
    expect(weekHourOf(monday * hourMs)).toBe(24);
    expect(weekHourOf((monday - 1) * hourMs)).toBe(23);
  });
});

describe('a profile of hours', () => {
  it('is known for the day after two visits, and for the week after two weeks', () => {
    const profile = noHourProfile();
    learnHour(profile, monday + 9, 100);
    expect(usualAt(profile, (monday + 33) * hourMs)).toBeNull();
    learnHour(profile, monday + 33, 100);
    expect(usualAt(profile, (monday + 57) * hourMs)! / 100).toBeCloseTo(1, 1);
    expect(knownHours(profile)).toEqual({ ofDay: 1, ofWeek: 0 });
    learnHour(profile, monday + 168 + 9, 1_000);
    expect(knownHours(profile)).toEqual({ ofDay: 1, ofWeek: 1 });
    expect(usualAt(profile, (monday + 9) * hourMs)! / Math.sqrt(1e5)).toBeCloseTo(1, 1);
  });

  it('is bent little by one odd visit, and follows what lasts', () => {
    const profile = noHourProfile();
    const usual = () => usualAt(profile, (monday + 9) * hourMs) ?? 0;
    for (let day = 0; day < 4; day++) {
      learnHour(profile, monday + day * 168 + 9, 100);
    }
    learnHour(profile, monday + 9, 60_000);
    expect(usual()).toBeLessThan(600);
    for (let day = 0; day < 10; day++) {
      learnHour(profile, monday + 9, 1_000);
    }
    expect(usual() / 1_000).toBeCloseTo(1, 0);
  });

  it('takes the larger of an hour and its neighbours', () => {
    const profile = noHourProfile();
    [8, 8, 9, 9].forEach((hour) => learnHour(profile, monday + hour, hour === 8 ? 5_000 : 10));
    expect(usualAt(profile, (monday + 9.9) * hourMs)! / 5_000).toBeCloseTo(1, 1);
    expect(usualAt(profile, (monday + 10) * hourMs)).toBeNull();
  });
});

describe('the gaps of hours', () => {
  it('are those in which a random moment of the hour stands', () => {
    const gaps = noHourGaps();
    for (let day = 0; day < 3; day++) {
      const open = (monday + day * 24 + 9) * hourMs;
      for (let minute = 0; minute < 8 * 60; minute++) {
        learnHourGap(gaps, open + minute * 60_000, open + (minute + 1) * 60_000);
      }
      learnHourGap(gaps, open + 8 * hourMs, open + 24 * hourMs);
    }
    const tuesday = (monday + 24) * hourMs;
    expect(usualGapAt(gaps, tuesday + 12 * hourMs)! / 60_000).toBeCloseTo(1, 1);
    expect(usualGapAt(gaps, tuesday + 22 * hourMs)! / (16 * hourMs)).toBeCloseTo(1, 1);
  });

  it('leave out an hour that nobody watched to its end', () => {
    const gaps = noHourGaps();
    for (let visit = 0; visit < 3; visit++) {
      learnHourGap(gaps, monday * hourMs, (monday + 0.9) * hourMs);
      forgetHour(gaps);
      learnHourGap(gaps, (monday + 0.9) * hourMs, (monday + 1.1) * hourMs);
    }
    expect(usualGapAt(gaps, monday * hourMs)).toBeNull();
  });

  it('of years are learnt in no time', () => {
    const gaps = noHourGaps();
    learnHourGap(gaps, 0, 1e15);
    expect(knownHours(gaps.profile).ofDay).toBe(24);
  });
});
