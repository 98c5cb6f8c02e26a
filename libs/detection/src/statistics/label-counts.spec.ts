import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countLabel, forgetLabels, noLabels, otherCount, placeAgain, placeOf } from './label-counts.ts';

describe('label counts', () => {
  it('count each label, and together those that find no place', () => {
    const labels = noLabels(2);
    for (const label of ['a', 'b', 'a', 'c', 'd', 'a']) {
      countLabel(labels, label, 1_000);
    }
    expect(labels.names).toEqual(['a', 'b']);
    expect([...labels.counts]).toEqual([3, 1, 2]);
    expect(otherCount(labels)).toBe(2);
    expect(placeOf(labels, 'b')).toBe(1);
    expect(placeOf(labels, 'c')).toBe(-1);
  });

  it('never outgrow their bytes, whatever the labels', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 })), (all) => {
        const labels = noLabels(50);
        all.forEach((label) => countLabel(labels, label, 500));
        expect(new TextEncoder().encode(JSON.stringify(labels.names)).length).toBeLessThanOrEqual(502);
        expect(labels.counts.reduce((sum, count) => sum + count, 0)).toBe(all.length);
      }),
    );
  });

  it('take labels that are names of an object for what they are', () => {
    const labels = noLabels(5);
    for (const label of ['__proto__', 'constructor', 'toString', '__proto__']) {
      countLabel(labels, label, 1_000);
    }
    expect([...labels.counts]).toEqual([2, 1, 1, 0, 0, 0]);
  });

  it('find their places again after a load, and lose them when forgotten', () => {
    const labels = noLabels(5);
    countLabel(labels, 'a', 1_000);
    labels.derived.places.clear();
    placeAgain(labels);
    expect(placeOf(labels, 'a')).toBe(0);
    forgetLabels(labels);
    expect(labels).toEqual(noLabels(5));
  });
});
