import { describe, expect, it } from '@jest/globals';
import { flagMarks } from './flag-marks.ts';

const span = { from: 0, until: 100_000 };
const at = (ms: number) => new Date(ms).toISOString();

describe('flags over a chart', () => {
  it('share a mark when they fall together; it has the most urgent priority', () => {
    const marks = flagMarks(
      [
        { priority: 'P3', raisedAt: at(11_000) },
        { priority: 'P1', raisedAt: at(14_000) },
        { priority: 'P4', raisedAt: at(90_000) },
      ],
      span,
      10,
    );
    expect(marks).toEqual([
      { at: 15_000, priority: 'P1', count: 2 },
      { at: 95_000, priority: 'P4', count: 1 },
    ]);
  });

  it('leaves out what lies outside, and keeps the very end in', () => {
    expect(
      flagMarks(
        [
          { priority: 'P2', raisedAt: at(100_001) },
          { priority: 'P2', raisedAt: at(100_000) },
        ],
        span,
        10,
      ),
    ).toEqual([{ at: 95_000, priority: 'P2', count: 1 }]);
  });
});
