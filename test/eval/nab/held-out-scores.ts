import { seededDraws } from '../seeded-draws.ts';
import { bestNabScore, nabScoreAt, type NabProfile, type ScoredFile } from './score-nab.ts';

/**
 * What is left of a score on files that the threshold was not chosen on: for each seed a third of each category is held
 * out by chance, and scored at the threshold that is best for the rest.
 *
 * @returns one score for each seed
 */
export function heldOutScores(files: readonly ScoredFile[], profile: NabProfile, seeds: readonly number[]): number[] {
  return seeds.map((seed) => {
    const { kept, heldOut } = split(files, seed);
    return nabScoreAt(heldOut, profile, bestNabScore(kept, profile).threshold).score;
  });
}

function split(files: readonly ScoredFile[], seed: number): { kept: ScoredFile[]; heldOut: ScoredFile[] } {
  const draw = seededDraws(seed);
  const kept: ScoredFile[] = [];
  const heldOut: ScoredFile[] = [];
  for (const category of new Set(files.map(({ file }) => file.category))) {
    const drawn = files
      .filter(({ file }) => file.category === category)
      .map((scored) => ({ scored, key: draw() }))
      .toSorted((one, other) => one.key - other.key)
      .map(({ scored }) => scored);
    const third = Math.round(drawn.length / 3);
    heldOut.push(...drawn.slice(0, third));
    kept.push(...drawn.slice(third));
  }
  return { kept, heldOut };
}
