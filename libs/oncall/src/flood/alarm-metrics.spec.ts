import { describe, expect, it } from '@jest/globals';
import { plusSeconds } from '@watchfloor/contracts';
import fc from 'fast-check';
import { noon } from '../../../../test/builders/a-flag.ts';
import { alarmMetrics, type AlarmSpan } from './alarm-metrics.ts';

const after = (seconds: number): string => plusSeconds(noon, seconds);

function aSpan(raised: number, claimed: number | null, ended: number | null, returns = 0): AlarmSpan {
  return {
    raisedAt: after(raised),
    claimedAt: claimed === null ? null : after(claimed),
    endedAt: ended === null ? null : after(ended),
    returns,
  };
}

describe('the metrics of alarms', () => {
  it('count, measure and rate the flags of a time', () => {
    const spans = [aSpan(0, 60, 300), aSpan(30, null, null, 2), aSpan(3_000, 3_010, 3_100), aSpan(7_300, null, null)];
    expect(alarmMetrics(spans, noon, after(3_600))).toEqual({
      StartTime: noon,
      AlarmCount: 3,
      MaximumActiveState: 3_570,
      MaximumUnAck: 3_570,
      CurrentAlarmRate: 0,
      MaximumAlarmRate: 2,
      AverageAlarmRate: 0.5,
      MaximumReAlarmCount: 2,
    });
    expect(alarmMetrics(spans, noon, after(3_590)).CurrentAlarmRate).toBe(1);
  });

  it('are zero without flags, and need a stretch of time', () => {
    expect(alarmMetrics([], noon, after(600))).toMatchObject({ AlarmCount: 0, MaximumUnAck: 0, AverageAlarmRate: 0 });
    expect(() => alarmMetrics([], noon, noon)).toThrow(RangeError);
  });

  it('have the highest rate that any window has', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_600 }), { maxLength: 60 }), (seconds) => {
        const { MaximumAlarmRate } = alarmMetrics(
          seconds.map((second) => aSpan(second, null, null)),
          noon,
          after(3_601),
        );
        const plain = seconds.map((end) => seconds.filter((at) => at > end - 600 && at <= end).length);
        expect(MaximumAlarmRate).toBe(Math.max(0, ...plain));
      }),
    );
  });
});
