import { describe, expect, it } from '@jest/globals';
import { aLayer, aSchedule } from '../../../test/builders/a-schedule.ts';
import { anEscalationPolicy, nights } from '../../../test/builders/an-escalation.ts';
import { escalationPolicySettingsSchema } from './escalation.ts';
import { scheduleSchema, timeZoneSchema, weeklyHoursSchema } from './on-call.ts';

describe('a time zone', () => {
  it.each(['Europe/Stockholm', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta', 'Etc/GMT+5'])(
    'may be %s',
    (zone) => {
      expect(timeZoneSchema.safeParse(zone).success).toBe(true);
    },
  );

  it.each(['+02:00', 'Europe/Atlantis', '', 'Europe/Stockholm\n', '../etc', 'x'.repeat(65)])('is not %j', (zone) => {
    expect(timeZoneSchema.safeParse(zone).success).toBe(false);
  });
});

describe('weekly hours', () => {
  const hours = { days: [1, 5], from: '09:00', until: '17:30' };

  it.each([
    { ...hours, days: [] },
    { ...hours, days: [1, 1] },
    { ...hours, days: [0] },
    { ...hours, days: [8] },
    { ...hours, from: '24:00' },
    { ...hours, until: '9:00' },
  ])('are refused as %j', (wrong) => {
    expect(weeklyHoursSchema.safeParse(hours).success).toBe(true);
    expect(weeklyHoursSchema.safeParse(wrong).success).toBe(false);
  });
});

describe('a schedule', () => {
  it('is read as it was written', () => {
    expect(scheduleSchema.parse(aSchedule())).toEqual(aSchedule());
  });

  it('has a turn for somebody, and overrides that end after they begin', () => {
    const nobody = aSchedule({ layers: [aLayer({}, { participants: [] })] });
    expect(scheduleSchema.safeParse(nobody).success).toBe(false);
    const when = { kind: 'stretch', from: '2026-01-05T08:00:00Z', until: '2026-01-05T08:00:00Z' };
    const id = '00000000-0000-4000-8000-000000000041';
    const backwards = { ...aSchedule(), overrides: [{ id, kind: 'remove', personId: id, when }] };
    expect(scheduleSchema.safeParse(backwards).success).toBe(false);
  });
});

describe('an escalation policy', () => {
  it('has at least one step with somebody to call, and waits of 10 seconds at least', () => {
    const policy = anEscalationPolicy({ quietHours: nights });
    expect(escalationPolicySettingsSchema.parse(policy)).toEqual(policy);
    const [step] = policy.steps;
    const refused = [
      { ...policy, steps: [] },
      { ...policy, steps: [{ ...step, targets: [] }] },
      { ...policy, steps: [{ ...step, waitSeconds: 9 }] },
      { ...policy, repeats: 6 },
      { ...policy, steps: Array.from({ length: 11 }, () => step) },
    ];
    refused.forEach((wrong) => expect(escalationPolicySettingsSchema.safeParse(wrong).success).toBe(false));
  });
});
