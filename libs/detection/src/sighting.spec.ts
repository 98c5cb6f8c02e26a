import { describe, expect, it } from '@jest/globals';
import type { Prediction } from '@watchfloor/contracts';
import fc from 'fast-check';
import { noAlarms } from './alarm-log.ts';
import { noArrivals } from './arrivals.ts';
import { noSighting, ownScore, sight } from './sighting.ts';
import { noPace } from './statistics/pace.ts';

function sightOf(changes: Partial<Prediction>) {
  const sighting = noSighting(noPace(), noArrivals(), noAlarms());
  const prediction = { stream: 's', id: 'p1', label: 'a', ...changes };
  sight(sighting, { prediction, position: 1, receivedAtMs: 0 }, 's');
  return sighting;
}

describe('a sighting', () => {
  it('finds the two highest scores, the lowest, and the sum', () => {
    const scores = fc.dictionary(fc.string({ minLength: 1 }), fc.double({ noNaN: true, noDefaultInfinity: true }), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(scores, (given) => {
        const { scores: summary } = sightOf({ scores: given });
        const sorted = Object.values(given).toSorted((a, b) => b - a);
        expect(summary.count).toBe(sorted.length);
        expect(summary.top === (sorted[0] ?? 0)).toBe(true);
        expect(summary.second === (sorted[1] ?? 0)).toBe(true);
        expect(summary.lowest === (sorted.at(-1) ?? 0)).toBe(true);
        expect(summary.sum === Object.values(given).reduce((sum, score) => sum + score, 0)).toBe(true);
        expect(summary.count === 0 || given[summary.topLabel] === summary.top).toBe(true);
      }),
    );
  });

  it('forgets the prediction before', () => {
    const sighting = sightOf({ scores: { a: 0.6, b: 0.4 }, confidence: 0.6 });
    sighting.isDoubtful = true;
    sight(sighting, { prediction: { stream: 's', id: 'p2', value: 1 }, position: 2, receivedAtMs: 0 }, 's');
    const fresh = noSighting(noPace(), noArrivals(), noAlarms()).scores;
    expect(sighting.scores).toEqual(fresh);
    expect(sighting.confidence).toBeNaN();
    expect(sighting.isDoubtful).toBe(false);
  });

  it.each([
    [{ confidence: 0.8, scores: { a: 0.7 } }, 0.8],
    [{ scores: { a: 0.7 } }, 0.7],
    [{ scores: { b: 0.7 } }, NaN],
    [{ label: 'constructor', scores: { a: 1 } }, NaN],
    [{}, NaN],
  ])('reads the confidence of %j', (changes, confidence) => {
    expect(sightOf(changes).confidence).toBe(confidence);
  });

  it('has an own score only for what was sent', () => {
    expect(ownScore({ a: 1 }, 'toString')).toBeNaN();
    expect(ownScore(undefined, 'a')).toBeNaN();
    expect(ownScore({ a: 1 }, undefined)).toBeNaN();
  });
});
