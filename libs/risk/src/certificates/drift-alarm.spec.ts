import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dice } from '../../../../test/builders/dice.ts';
import { driftEvidence, revokeAt, startDriftAlarm, weighAudit } from './drift-alarm.ts';

describe('the alarm for a risen risk', () => {
  it('comes soon after the risk has doubled', () => {
    const delays = Array.from({ length: 100 }, (_, run) => runLength(0.1, 0.05, 100 + run, 20_000)).sort(
      (a, b) => a - b,
    );
    expect(delays[50]).toBeLessThan(320);
  });

  it('grows by no more than 1 with an answer on average while the risk is at the target or below', () => {
    const unit = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(unit, unit, fc.array(fc.boolean(), { maxLength: 60 }), (target, share, past) => {
        const after = (answers: readonly boolean[]) => {
          const alarm = startDriftAlarm();
          answers.forEach((isError) => weighAudit(alarm, isError, target));
          return driftEvidence(alarm);
        };
        const risk = target * share;
        const mean = risk * after([...past, true]) + (1 - risk) * after([...past, false]);
        const bound = 1 + after(past);
        expect(mean).toBeLessThanOrEqual(bound * (1 + 1e-12));
      }),
    );
  });

  it('comes falsely no more often than once in so many answers as it asks for', () => {
    const height = 200;
    const lengths = Array.from({ length: 400 }, (_, run) => runLength(0.05, 0.05, 900 + run, 20_000, height));
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    const standardError = Math.sqrt(lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0)) / lengths.length;
    expect(mean).toBeGreaterThan(height - 2 * standardError);
  });

  it.each([1e-6, 0.5, 0.999])('stays finite at a target of %d', (target) => {
    const alarm = startDriftAlarm();
    for (let step = 0; step < 5_000; step++) {
      weighAudit(alarm, step % 2 === 0, target);
    }
    expect(Number.isFinite(driftEvidence(alarm))).toBe(true);
  });
});

function runLength(risk: number, target: number, seed: number, most: number, height = revokeAt): number {
  const random = dice(seed);
  const alarm = startDriftAlarm();
  let step = 0;
  while (step < most && driftEvidence(alarm) < height) {
    weighAudit(alarm, random() < risk, target);
    step++;
  }
  return step;
}
