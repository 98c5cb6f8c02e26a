import { describe, expect, it } from '@jest/globals';
import { stepsOf } from './steps-of.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 6, minute)).toISOString();

describe('plans as steps', () => {
  it('hold until the next, and the last until now', () => {
    const history = [
      { at: at(0), certified: null, above: 1 },
      { at: at(10), certified: 0.8, above: 0.05 },
    ];
    const now = Date.parse(at(30));
    expect(stepsOf(history, now)).toEqual({
      from: Date.parse(at(0)),
      points: [
        { at: Date.parse(at(0)), certified: null, audited: 1 },
        { at: Date.parse(at(10)), certified: null, audited: 1 },
        { at: Date.parse(at(10)), certified: 0.8, audited: 0.05 },
        { at: now, certified: 0.8, audited: 0.05 },
      ],
    });
  });

  it('are none before the first plan, over the last day', () => {
    expect(stepsOf([], 1e12)).toEqual({ points: [], from: 1e12 - 86_400_000 });
  });
});
