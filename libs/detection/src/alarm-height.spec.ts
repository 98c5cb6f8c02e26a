import { describe, expect, it } from '@jest/globals';
import { alarmHeight } from './alarm-height.ts';
import { learnPace, minuteMs, noPace } from './statistics/pace.ts';

describe('the height of an alarm', () => {
  it.each([
    [10, 100_000],
    [1_000, 1_440_000],
  ])('with %d predictions a minute is %d', (perMinute, height) => {
    const pace = noPace();
    expect(alarmHeight(100_000, pace)).toBe(100_000);
    for (let minute = 0; minute < 10; minute++) {
      learnPace(pace, minute * minuteMs, perMinute);
    }
    expect(alarmHeight(100_000, pace)).toBe(height);
  });
});
