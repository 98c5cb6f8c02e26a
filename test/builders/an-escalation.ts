import type { EscalationPolicySettings, Priority, QuietHours } from '@watchfloor/contracts';
import fc from 'fast-check';
import { anId } from './a-flag.ts';

export const primary = anId(31);
export const backup = anId(32);
export const lead = anId(13);
export const team = anId(51);

/** On call at once, the backup after 3 minutes, the lead after 8, everyone after 12; lapses after 15. */
export function anEscalationPolicy(changes: Partial<EscalationPolicySettings> = {}): EscalationPolicySettings {
  return {
    name: 'critical',
    steps: [
      { targets: [{ kind: 'schedule', scheduleId: primary }], waitSeconds: 180 },
      { targets: [{ kind: 'schedule', scheduleId: backup }], waitSeconds: 300 },
      { targets: [{ kind: 'person', personId: lead }], waitSeconds: 240 },
    ],
    repeats: 0,
    lastCall: { targets: [{ kind: 'team', teamId: team }], waitSeconds: 180 },
    verdictWithinSeconds: 600,
    quietHours: null,
    ...changes,
  };
}

/** Every night from 22:00 to 07:00 in Stockholm. */
export const nights: QuietHours = {
  timeZone: 'Europe/Stockholm',
  hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', until: '07:00' }],
};

export const somePriority: fc.Arbitrary<Priority> = fc.constantFrom('P1', 'P2', 'P3', 'P4');

export const someEscalationPolicy: fc.Arbitrary<EscalationPolicySettings> = fc
  .record({
    waits: fc.array(fc.integer({ min: 10, max: 3_600 }), { minLength: 1, maxLength: 5 }),
    repeats: fc.integer({ min: 0, max: 3 }),
    lastWait: fc.integer({ min: 10, max: 3_600 }),
    verdictWithinSeconds: fc.integer({ min: 30, max: 3_600 }),
    quietHours: fc.constantFrom(null, nights),
  })
  .map(({ waits, lastWait, ...rest }) =>
    anEscalationPolicy({
      ...rest,
      steps: waits.map((waitSeconds) => ({ targets: [{ kind: 'schedule', scheduleId: primary }], waitSeconds })),
      lastCall: { targets: [{ kind: 'team', teamId: team }], waitSeconds: lastWait },
    }),
  );
