import type { NabFile } from './nab-file.ts';

/** What a false row and an undetected window cost. */
export interface NabProfile {
  readonly falseRow: number;
  readonly missedWindow: number;
}

/** The three profiles of NAB (`config/profiles.json`). */
export const nabProfiles = {
  standard: { falseRow: 0.11, missedWindow: 1 },
  'reward low FP': { falseRow: 0.22, missedWindow: 1 },
  'reward low FN': { falseRow: 0.11, missedWindow: 2 },
} as const satisfies Record<string, NabProfile>;

/** One file with a detector's score for each of its rows. */
export interface ScoredFile {
  readonly file: NabFile;
  readonly scores: Float64Array;
}

export interface NabResult {
  /** 100 for a perfect detector, 0 for one that says nothing. */
  readonly score: number;
  /** The lowest score that counts as a detection. */
  readonly threshold: number;
  readonly windowsFound: number;
  readonly falseRows: number;
}

/**
 * The NAB score at the one threshold for all files that maximises it.
 *
 * @see Lavin and Ahmad, Evaluating real-time anomaly detection algorithms (2015); numenta/NAB v1.1, `nab/sweeper.py`
 */
export function bestNabScore(files: readonly ScoredFile[], profile: NabProfile): NabResult {
  const rows = sortedGains(files);
  const windows = windowCount(files);
  const sum = newSum(files, profile);
  let best = resultOf(sum, windows, profile, Infinity);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    addRow(sum, row, profile);
    if (rows[at + 1]?.score !== row.score) {
      const result = resultOf(sum, windows, profile, row.score);
      best = result.score > best.score ? result : best;
    }
  }
  return best;
}

/** The NAB score at a given threshold: what one gets on files that the threshold was not chosen on. */
export function nabScoreAt(files: readonly ScoredFile[], profile: NabProfile, threshold: number): NabResult {
  const sum = newSum(files, profile);
  for (const scored of files) {
    for (const row of gainsOf(scored)) {
      if (row.score >= threshold) {
        addRow(sum, row, profile);
      }
    }
  }
  return resultOf(sum, windowCount(files), profile, threshold);
}

/** What one detected row is worth: in a window, where the best row of the window counts; outside, as a false alarm. */
interface Gain {
  readonly score: number;
  /** Which window the row lies in, by identity; null outside. */
  readonly window: object | null;
  readonly gain: number;
}

interface RunningSum {
  raw: number;
  readonly best: Map<object, number>;
  falseRows: number;
}

const known = new WeakMap<ScoredFile, readonly Gain[]>();

/** The same for every profile and split, so that it is worked out once for each file. */
function gainsOf(scored: ScoredFile): readonly Gain[] {
  const gains = known.get(scored) ?? findGains(scored);
  known.set(scored, gains);
  return gains;
}

/** Highest score first; the many rows that score 0 need no sorting. */
function sortedGains(files: readonly ScoredFile[]): Gain[] {
  const rows = files.flatMap(gainsOf);
  const positive = rows.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score);
  return [...positive, ...rows.filter(({ score }) => score <= 0)];
}

function findGains({ file, scores }: ScoredFile): Gain[] {
  const { values, windows } = file;
  const found: Gain[] = [];
  let next = 0;
  for (let row = 0; row < values.length; row++) {
    while (next < windows.length && row > windows[next]!.last) {
      next++;
    }
    if (row < probation(values.length)) {
      continue;
    }
    const score = scores[row]!;
    const window = windows[next];
    if (window !== undefined && row >= window.first) {
      const position = -(window.last - row + 1) / (window.last - window.first + 1);
      found.push({ score, window, gain: sigma(position) / sigma(-1) });
    } else {
      found.push({ score, window: null, gain: falseGain(row, windows[next - 1]) });
    }
  }
  return found;
}

function falseGain(row: number, before: NabFile['windows'][number] | undefined): number {
  if (before === undefined) {
    return -1;
  }
  const position = (row - before.last) / (before.last - before.first);
  return position > 3 ? -1 : sigma(position);
}

/** Rows at the start of a file that are not scored. */
function probation(rows: number): number {
  return Math.min(Math.floor(0.15 * rows), 750);
}

function sigma(position: number): number {
  return 2 / (1 + Math.exp(5 * position)) - 1;
}

function newSum(files: readonly ScoredFile[], { missedWindow }: NabProfile): RunningSum {
  return { raw: -missedWindow * windowCount(files), best: new Map(), falseRows: 0 };
}

function addRow(sum: RunningSum, { window, gain }: Gain, { falseRow, missedWindow }: NabProfile): void {
  if (window === null) {
    sum.raw += falseRow * gain;
    sum.falseRows++;
    return;
  }
  const before = sum.best.get(window);
  if (before === undefined) {
    sum.raw += missedWindow + gain;
    sum.best.set(window, gain);
  } else if (gain > before) {
    sum.raw += gain - before;
    sum.best.set(window, gain);
  }
}

function resultOf({ raw, best, falseRows }: RunningSum, windows: number, profile: NabProfile, threshold: number) {
  const nothing = -profile.missedWindow * windows;
  return { score: (100 * (raw - nothing)) / (windows - nothing), threshold, windowsFound: best.size, falseRows };
}

function windowCount(files: readonly ScoredFile[]): number {
  return files.reduce((count, { file }) => count + file.windows.length, 0);
}
