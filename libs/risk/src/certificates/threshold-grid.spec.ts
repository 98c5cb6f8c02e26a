import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gridOf, gridSize, placeIn } from './threshold-grid.ts';

describe('the grid of thresholds', () => {
  it('stands at even steps of coverage', () => {
    const grid = gridOf(Array.from({ length: 200 }, (_, index) => index / 200));
    expect(grid).toHaveLength(gridSize);
    expect(grid[0]).toBe(0.95);
    expect(grid[9]).toBe(0.5);
    expect(grid[19]).toBe(0);
  });

  it('finds the first threshold that a confidence reaches', () => {
    const confidences = fc.array(fc.double(), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(confidences, fc.double(), (sample, confidence) => {
        const grid = gridOf(sample.filter((one) => !Number.isNaN(one)));
        const found = grid.findIndex((threshold) => confidence >= threshold);
        expect(placeIn(grid, confidence)).toBe(found === -1 ? gridSize : found);
      }),
    );
  });
});
