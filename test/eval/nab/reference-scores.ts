import { shippedLines, type NabFile } from './nab-file.ts';
import type { NabProfile, ScoredFile } from './score-nab.ts';
import { nabProfiles } from './score-nab.ts';

type ProfileName = keyof typeof nabProfiles;

/** What published detectors reach on the shipped files, with the threshold optimised on them, by NAB's own scorer. */
export const referenceFigures: Readonly<Record<string, Partial<Record<ProfileName, number>>>> = {
  ARTime: { standard: 76.35, 'reward low FP': 69.17, 'reward low FN': 81.7 },
  contextOSE: { standard: 67.45, 'reward low FP': 64.07, 'reward low FN': 70.71 },
  numenta: { standard: 69.17, 'reward low FP': 61.39, 'reward low FN': 73.54 },
  windowedGaussian: { standard: 38.49 },
};

/** Each reference figure with the profile it belongs to. */
export function referenceRows(): { detector: string; profileName: ProfileName; profile: NabProfile; figure: number }[] {
  return Object.entries(referenceFigures).flatMap(([detector, figures]) =>
    (Object.keys(nabProfiles) as ProfileName[]).flatMap((profileName) => {
      const figure = figures[profileName];
      return figure === undefined ? [] : [{ detector, profileName, profile: nabProfiles[profileName], figure }];
    }),
  );
}

/** The published scores of each reference detector; rows that are not listed score 0. */
export function referenceScores(files: readonly NabFile[]): ReadonlyMap<string, readonly ScoredFile[]> {
  const empty = () => new Map(files.map((file) => [file.name, new Float64Array(file.values.length)]));
  const all = new Map(Object.keys(referenceFigures).map((detector) => [detector, empty()]));
  for (const line of shippedLines('reference-scores.csv.gz').slice(1)) {
    const [detector = '', name = '', row, score] = line.split(',');
    const scores = all.get(detector)?.get(name);
    if (scores === undefined) {
      throw new Error(`reference scores of ${detector} for ${name}, which is not shipped`);
    }
    scores[Number(row)] = Number(score);
  }
  return new Map(
    [...all].map(([detector, byName]) => [detector, files.map((file) => ({ file, scores: byName.get(file.name)! }))]),
  );
}
