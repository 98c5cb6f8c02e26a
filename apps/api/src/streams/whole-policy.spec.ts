import { describe, expect, it } from '@jest/globals';
import { defaultPolicy, policySettingsSchema, type PolicySettings } from '@watchfloor/contracts';
import { wholePolicy } from './whole-policy.ts';

const { version: _version, ...defaults } = defaultPolicy;

describe('a stored policy', () => {
  it('of an older program gets the defaults of settings that it does not know, and keeps its own', () => {
    const { 'segment-shift': _segments, ...known } = defaults.detectors;
    const { alarms: _alarms, ...parts } = defaults;
    const stored = {
      ...parts,
      retentionDays: 7,
      detectors: { ...known, 'label-shift': { enabled: true, falseAlarmEvery: 100_000 }, burst: { factor: 3 } },
    } as unknown as PolicySettings;
    const whole = wholePolicy(stored);
    expect(whole.retentionDays).toBe(7);
    expect(whole.alarms).toEqual(defaults.alarms);
    expect(whole.detectors['segment-shift']).toEqual(defaults.detectors['segment-shift']);
    expect(whole.detectors['label-shift'].falseAlarmEvery).toBe(100_000);
    expect(whole.detectors.burst).toEqual({ ...defaults.detectors.burst, factor: 3 });
    expect(policySettingsSchema.parse(whole)).toEqual(whole);
  });

  it('that lacks nothing stays as it is, nulls and empty lists included', () => {
    const stored = {
      ...defaults,
      owner: null,
      labels: [],
      detectors: { ...defaults.detectors, 'low-confidence': { enabled: true, share: 0.3, threshold: null } },
    };
    expect(wholePolicy(stored)).toEqual(stored);
  });
});
