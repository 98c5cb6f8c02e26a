import { scoreRow, startSeries } from '@watchfloor/detection';
import type { NabFile } from './nab-file.ts';
import type { ScoredFile } from './score-nab.ts';

/** The scores of the default series detector, row by row; it sees nothing but the rows so far. */
export function ownScores(file: NabFile): ScoredFile {
  const series = startSeries();
  const scores = file.values.map((value, row) => scoreRow(series, { timestamp: file.times[row] ?? '', value }));
  return { file, scores };
}
