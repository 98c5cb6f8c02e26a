import { describe, expect, it } from '@jest/globals';
import { oddZones } from '../builders/a-schedule.ts';
import { checkZone, rotationsToCheck } from './check-zone.ts';

const untilMs = Date.parse('2028-01-01');
const all = Intl.supportedValuesOf('timeZone');
const sample = [...new Set([...oddZones.slice(0, 8), ...all.filter((_zone, index) => index % 90 === 7)])];

describe('who is on call where clocks change (a sample; `npm run zones` has all)', () => {
  it.each(sample)('is as the rule says over three years in %s', (zone) => {
    const report = checkZone(zone, rotationsToCheck('2025-01-01', false), untilMs);
    expect(report.failures).toEqual([]);
    expect(report.shifts).toBeGreaterThan(5_000);
  });

  it('has hand-offs at times that are jumped over and at times that come twice, also by half an hour', () => {
    const { inGaps, inFolds, changes } = checkZone(
      'Australia/Lord_Howe',
      rotationsToCheck('2025-01-01', false),
      untilMs,
    );
    expect({ changes, inGaps, inFolds }).toEqual({ changes: 6, inGaps: 6, inFolds: 3 });
  });
});
