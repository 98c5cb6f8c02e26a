import { describe, expect, it } from '@jest/globals';
import { defaultPolicy, policySettingsSchema, type PolicySettings } from '@watchfloor/contracts';
import { wholePolicy } from './whole-policy.ts';

const { version: _version, ...defaults } = defaultPolicy;

describe('a stored policy', () => {
  it('of an older program gets the defaults of detectors that it does not know, and keeps its own settings', () => {
    const { novelty: _novelty, disparity: _disparity, ...known } = defaults.detectors;
    const stored = {
      ...defaults,
      retentionDays: 7,
      detectors: { ...known, burst: { enabled: false, factor: 3 } },
    } as unknown as PolicySettings;
    const whole = wholePolicy(stored);
    expect(whole.retentionDays).toBe(7);
    expect(whole.detectors.novelty).toEqual(defaults.detectors.novelty);
    expect(whole.detectors.disparity).toEqual(defaults.detectors.disparity);
    expect(whole.detectors.burst).toEqual({ ...defaults.detectors.burst, enabled: false, factor: 3 });
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
