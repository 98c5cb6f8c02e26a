import { describe, expect, it } from '@jest/globals';
import { endLabels } from './end-labels.ts';

const lines = ['a', 'b', 'c'].map((key) => ({ key, name: `label ${key}` }));

describe('names at the ends of lines', () => {
  it('stand where the line was last measured', () => {
    const points = [
      { at: 1, a: 0.9, b: 0.1, c: 0.5 },
      { at: 2, a: 0.8, b: null, c: 0.4 },
    ];
    expect(endLabels(points, lines, 0.1).map(({ key, at, value }) => [key, at, value])).toEqual([
      ['a', 2, 0.8],
      ['b', 1, 0.1],
      ['c', 2, 0.4],
    ]);
  });

  it('never stand on each other; the first line keeps its name', () => {
    expect(endLabels([{ at: 1, a: 0.5, b: 0.1, c: 0.2 }], lines, 0.15, [0, 1]).map(({ key }) => key)).toEqual([
      'a',
      'b',
    ]);
  });

  it('are absent where nothing was measured', () => {
    expect(endLabels([{ at: 1, a: null }], lines, 0.1)).toEqual([]);
  });
});
