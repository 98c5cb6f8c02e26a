import type { EvalGroup, EvalRow } from './eval-group.ts';
import { nabFiles, type NabFile } from './nab/nab-file.ts';
import { referenceRows, referenceScores } from './nab/reference-scores.ts';
import { bestNabScore } from './nab/score-nab.ts';

/** The Numenta Anomaly Benchmark: our scorer against published scores. */
export const nabEval: EvalGroup = {
  name: 'nab',
  title: 'Numenta Anomaly Benchmark v1.1, 41 of 58 files',
  notes: [],
  measure: async ({ progress }) => {
    const files = nabFiles();
    progress('the scorer, on the published scores of four detectors');
    return scorerRows(files);
  },
};

function scorerRows(files: readonly NabFile[]): EvalRow[] {
  const scored = referenceScores(files);
  return referenceRows().map(({ detector, profileName, profile, figure }) => {
    const ours = bestNabScore(scored.get(detector)!, profile).score;
    return {
      what: `scorer: ${detector}, ${profileName}`,
      peer: figure.toFixed(2),
      figure: ours,
      shown: ours.toFixed(2),
      aim: { atLeast: figure - 0.05, atMost: figure + 0.05 },
      setting: "the detector's published scores, threshold optimised on these files",
    };
  });
}
