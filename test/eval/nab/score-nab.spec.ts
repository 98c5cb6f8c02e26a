import { expect, it } from '@jest/globals';
import type { NabFile } from './nab-file.ts';
import { bestNabScore, nabProfiles, nabScoreAt, type ScoredFile } from './score-nab.ts';

const rows = 100;

/** A file of 100 rows, of which the first 15 are not scored, with one window. */
function aFile(detected: readonly number[], first = 50, last = 59): ScoredFile {
  const file: NabFile = {
    name: 'sums/a.csv',
    category: 'sums',
    times: [],
    values: new Float64Array(rows),
    windows: [{ first, last }],
  };
  return { file, scores: Float64Array.from({ length: rows }, (_, row) => (detected.includes(row) ? 1 : 0)) };
}

const standard = (detected: readonly number[]) => nabScoreAt([aFile(detected)], nabProfiles.standard, 0.5).score;

it('gives 100 for the first row of each window and nothing else, and 0 for silence', () => {
  expect(standard([50])).toBeCloseTo(100, 10);
  expect(standard([])).toBe(0);
});

it('gives less the later a window is found, and never more for a second row in it', () => {
  expect(standard([55])).toBeLessThan(standard([52]));
  expect(standard([59])).toBeGreaterThan(40);
  expect(standard([52, 53, 54])).toBe(standard([52]));
});

it('takes the full price for a false row before the first window, and little just behind one', () => {
  expect(standard([50]) - standard([50, 30])).toBeCloseTo((100 * 0.11) / 2, 10);
  expect(standard([50]) - standard([50, 60])).toBeLessThan(1.5);
  expect(standard([50]) - standard([50, 95])).toBeCloseTo((100 * 0.11) / 2, 10);
});

it('does not look at the first 15 rows in 100', () => {
  expect(standard([50, 3, 14])).toBeCloseTo(100, 10);
  expect(standard([50, 15])).toBeLessThan(95);
});

it('chooses the threshold that pays best, and none where silence is better', () => {
  const { file } = aFile([]);
  const rising = { file, scores: Float64Array.from({ length: rows }, (_, row) => (row === 51 ? 0.9 : row / 1_000)) };
  expect(bestNabScore([rising], nabProfiles.standard)).toMatchObject({ threshold: 0.9, windowsFound: 1, falseRows: 0 });
  const wrong = { file, scores: Float64Array.from({ length: rows }, (_, row) => (row > 70 ? 0.9 : 0)) };
  const { score, windowsFound } = bestNabScore([wrong], nabProfiles.standard);
  expect(score).toBeGreaterThanOrEqual(0);
  expect(windowsFound).toBeLessThanOrEqual(1);
});
