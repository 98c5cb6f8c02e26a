import type { Aim, EvalGroup, EvalRow } from './eval-group.ts';
import { heldOutScores } from './nab/held-out-scores.ts';
import { nabFiles, type NabFile } from './nab/nab-file.ts';
import { ownScores } from './nab/own-scores.ts';
import { referenceFigures, referenceRows, referenceScores } from './nab/reference-scores.ts';
import { bestNabScore, nabProfiles, type ScoredFile } from './nab/score-nab.ts';

type ProfileName = keyof typeof nabProfiles;

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const onThese = 'threshold optimised on these files, as published scores are';

/** The Numenta Anomaly Benchmark: our scorer against published scores, and the series detector against published ones. */
export const nabEval: EvalGroup = {
  name: 'nab',
  title: 'Numenta Anomaly Benchmark v1.1, 41 of 58 files, 79 of 116 windows',
  notes: [
    'ARTime, contextOSE and numenta are given the lowest and highest value of the whole file before its first row; the series detector sees nothing but the rows so far, so they are not strictly comparable.',
    'One setting for all files. The views and their equal weights were not chosen on these files; about 100 variants of the way evidence is gathered and grouped were scored on them, and lay between 55 and 72.',
    'The held-out rows: a third of each category is drawn for each seed and scored at the threshold that is best for the rest.',
  ],
  measure: async ({ isShort, progress }) => {
    const files = nabFiles();
    progress('the scorer, on the published scores of four detectors');
    const scorer = scorerRows(files, isShort ? 2 : Infinity);
    progress('the series detector');
    const scored = files.map(ownScores);
    const slack = isShort ? 1.5 : 0;
    const rows = [...scorer, ...profileRows(scored, 68 - slack)];
    if (isShort) {
      return [...rows, heldOutRow(scored, 66 - slack, '-')];
    }
    progress('held-out splits');
    return [...rows, heldOutRow(scored, 66, peersHeldOut(files)), costRow(files)];
  },
};

function scorerRows(files: readonly NabFile[], most: number): EvalRow[] {
  const scored = referenceScores(files);
  return referenceRows()
    .slice(0, most)
    .map(({ detector, profileName, profile, figure }) => {
      const ours = bestNabScore(scored.get(detector)!, profile).score;
      return {
        what: `scorer: ${detector}, ${profileName}`,
        peer: figure.toFixed(2),
        figure: ours,
        shown: ours.toFixed(2),
        aim: { atLeast: figure - 0.05, atMost: figure + 0.05 },
        setting: `the detector's published scores, ${onThese}`,
      };
    });
}

function profileRows(scored: readonly ScoredFile[], standardAtLeast: number): EvalRow[] {
  return (Object.keys(nabProfiles) as ProfileName[]).map((name) => {
    const { score, threshold, windowsFound, falseRows } = bestNabScore(scored, nabProfiles[name]);
    const aim: Aim | undefined = name === 'standard' ? { atLeast: standardAtLeast } : undefined;
    return {
      what: `series detector, ${name}`,
      peer: Object.entries(referenceFigures)
        .flatMap(([detector, figures]) =>
          figures[name] === undefined ? [] : [`${detector} ${figures[name].toFixed(1)}`],
        )
        .join(', '),
      figure: score,
      shown: score.toFixed(2),
      ...(aim === undefined ? {} : { aim }),
      setting: `${onThese} (${threshold.toFixed(3)}): ${windowsFound} windows found, ${falseRows} false rows`,
    };
  });
}

function heldOutRow(scored: readonly ScoredFile[], atLeast: number, peer: string): EvalRow {
  const scores = heldOutScores(scored, nabProfiles.standard, seeds);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const spread = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (scores.length - 1));
  return {
    what: 'series detector, standard, held-out mean',
    peer,
    figure: mean,
    shown: `${mean.toFixed(2)} (sd ${spread.toFixed(1)})`,
    aim: { atLeast },
    setting: `seeds ${seeds[0]!} to ${seeds.at(-1)!}: ${scores.map((score) => score.toFixed(1)).join(' ')}`,
  };
}

/** The same splits for the detectors whose scores are published; their settings had all files in view. */
function peersHeldOut(files: readonly NabFile[]): string {
  return [...referenceScores(files)]
    .map(([detector, scored]) => {
      const scores = heldOutScores(scored, nabProfiles.standard, seeds);
      return `${detector} ${(scores.reduce((sum, score) => sum + score, 0) / scores.length).toFixed(1)}`;
    })
    .join(', ');
}

function costRow(files: readonly NabFile[]): EvalRow {
  const startedMs = performance.now();
  files.forEach(ownScores);
  const tookMs = performance.now() - startedMs;
  const rows = files.reduce((sum, { values }) => sum + values.length, 0);
  return {
    what: 'series detector, cost',
    peer: '-',
    figure: (tookMs * 1_000) / rows,
    shown: `${((tookMs * 1_000) / rows).toFixed(2)} µs a value`,
    aim: { atMost: 3 },
    setting: `${rows} values, one thread, reading of times included, this machine`,
  };
}
