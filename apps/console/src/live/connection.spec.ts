import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { connectionAt, retryDelayMs } from './connection.ts';
import type { LineFacts } from './connection.ts';

const up: LineFacts = { isUp: true, downSince: null, heardAt: 0, retryAt: null, attempt: 0, cause: '' };
const down: LineFacts = {
  isUp: false,
  downSince: 1_000,
  heardAt: 0,
  retryAt: 9_000,
  attempt: 2,
  cause: 'the line broke',
};

describe('how the line stands', () => {
  it.each([
    [up, 400, 'live'],
    [up, 3_000, 'live'],
    [up, 3_001, 'delayed'],
    [up, 15_000, 'delayed'],
    [up, 15_001, 'offline'],
    [down, 2_000, 'live'],
    [down, 4_000, 'delayed'],
    [down, 6_000, 'delayed'],
    [down, 6_001, 'offline'],
    [{ ...up, heardAt: null, isUp: false, downSince: 0 }, 4_000, 'connecting'],
    [{ ...up, heardAt: null, isUp: false, downSince: 0 }, 6_000, 'offline'],
  ])('%j is %s ms later %s', (facts, now, phase) => {
    expect(connectionAt(facts, now).phase).toBe(phase);
  });

  it('says offline with the cause, the age of what is shown and the time to the next attempt', () => {
    expect(connectionAt(down, 7_000)).toEqual({
      phase: 'offline',
      ageMs: 7_000,
      cause: 'the line broke',
      retryInMs: 2_000,
      attempt: 2,
    });
  });

  it('waits longer after each failure, but never more than half a minute', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, chance) => {
        const delay = retryDelayMs(attempt, chance);
        expect(delay).toBeGreaterThanOrEqual(750);
        expect(delay).toBeLessThanOrEqual(30_000);
        expect(retryDelayMs(attempt + 1, 0.999)).toBeGreaterThanOrEqual(retryDelayMs(attempt, 0));
      }),
    );
  });
});
