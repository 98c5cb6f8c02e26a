import { describe, expect, it } from '@jest/globals';
import { signalSchema } from '@watchfloor/contracts';
import fc from 'fast-check';
import { drawFrom } from '../statistics/murmur-hash.ts';
import {
  learnOutcome,
  loadOutcomeWatch,
  outcomeEvent,
  saveOutcomeWatch,
  segmentRates,
  startOutcomeWatch,
  type OutcomeEvent,
} from './learn-outcome.ts';

const settings = { level: 0.05, policyVersion: 3 };

/** Errors at one rate for clinic `east`, at another elsewhere. */
function answers(count: number, seed: number, east: number, elsewhere: number): OutcomeEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const draw = drawFrom(index, seed * 2 + 1);
    const clinic = draw < 0.3 ? 'east' : draw < 0.6 ? 'west' : 'north';
    return { segments: { clinic }, isError: drawFrom(index, seed * 2 + 2) < (clinic === 'east' ? east : elsewhere) };
  });
}

describe('what answers say of segments', () => {
  it('is told when errors fall on one of them', () => {
    const watch = startOutcomeWatch();
    const [signal] = answers(2_000, 1, 0.4, 0.15).flatMap((event) => learnOutcome(watch, event, settings));
    expect(signalSchema.parse(signal)).toEqual(signal);
    expect(signal).toMatchObject({
      kind: 'disparity',
      policyVersion: 3,
      evidence: { measure: 'error', segment: 'clinic' },
    });
    expect(signal?.reason).toMatch(/^Where “clinic” is “(east|west|north)”, [\d.]+ % are wrong, elsewhere/);
    const east = segmentRates(watch, 0.05).find(({ measure, value }) => measure === 'error' && value === 'east');
    expect(east?.state).toBe('differs');
  });

  it('is hardly ever told where there is no difference: level 5 % over 400 streams, with two standard errors', () => {
    const alarms = Array.from({ length: 400 }, (_, seed) => {
      const watch = startOutcomeWatch();
      return answers(600, seed + 10, 0.3, 0.3).some((event) => learnOutcome(watch, event, settings).length > 0);
    }).filter(Boolean).length;
    expect(alarms / 400).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 400));
  });

  it('says unknown of small cells', () => {
    const watch = startOutcomeWatch();
    answers(20, 1, 1, 0).forEach((event) => learnOutcome(watch, event, settings));
    expect(segmentRates(watch, 0.05).map(({ state }) => state)).not.toContain('differs');
    expect(segmentRates(watch, 0.05).every(({ state, here }) => state === 'unknown' && here === null)).toBe(true);
  });

  it('is the same after a save and a load, whenever, whatever the names', () => {
    const name = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.string({ maxLength: 200 }));
    const event = fc.record({
      segments: fc.dictionary(name, name, { maxKeys: 6, noNullPrototype: true }),
      isError: fc.boolean(),
      isOverridden: fc.boolean(),
      isDenied: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 300, size: 'max' }), fc.nat(300), (events, at) => {
        let one = startOutcomeWatch();
        const other = startOutcomeWatch();
        events.forEach((each, index) => {
          one = index === at ? loadOutcomeWatch(saveOutcomeWatch(one)) : one;
          expect(learnOutcome(one, each, settings)).toEqual(learnOutcome(other, each, settings));
        });
        expect(saveOutcomeWatch(one)).toEqual(saveOutcomeWatch(other));
        expect(saveOutcomeWatch(one).length).toBeLessThan(6 * 1_024);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('of another version is refused', () => {
    expect(() => loadOutcomeWatch(Uint8Array.of(0))).toThrow('version 0');
    expect(() => loadOutcomeWatch(new Uint8Array())).toThrow('version undefined');
  });
});

describe('an outcome event', () => {
  it.each([
    ['grant', 'grant', { isError: false, isDenied: false }],
    ['refuse', 'grant', { isError: true, isDenied: true }],
    ['grant', 'refuse', { isError: true }],
    ['grant', null, { isError: true }],
  ])('of the answer %s and the truth %s', (label, truth, expected) => {
    expect(outcomeEvent({ label }, truth, ['grant'])).toEqual({ segments: {}, ...expected });
  });
});
