import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** One series of the Numenta Anomaly Benchmark, with the stretches that its makers call anomalous. */
export interface NabFile {
  /** `category/file.csv`. */
  readonly name: string;
  readonly category: string;
  /** As written in the file, `2014-07-01 00:30:00`; equal times may follow each other. */
  readonly times: readonly string[];
  readonly values: Float64Array;
  readonly windows: readonly NabWindow[];
}

/** Rows of an anomaly window, both ends included, counted from 0. */
export interface NabWindow {
  readonly first: number;
  readonly last: number;
}

const folder = new URL('../../streams/nab/', import.meta.url);

/** All shipped files, by name. The windows are for scoring alone; no detector may see them. */
export function nabFiles(): readonly NabFile[] {
  const windows = JSON.parse(readFileSync(new URL('combined-windows.json', folder), 'utf8')) as Record<
    string,
    readonly (readonly [string, string])[]
  >;
  return Object.entries(windows)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, stretches]) => {
      const rows = rowsOf(name);
      const times = rows.map(([time = '']) => time);
      return {
        name,
        category: name.slice(0, name.indexOf('/')),
        times,
        values: Float64Array.from(rows, ([, value]) => Number(value)),
        windows: stretches.map(([from, to]) => ({ first: rowAt(times, from, name), last: rowAt(times, to, name) })),
      };
    });
}

/** The lines of a shipped gzipped text. */
export function shippedLines(path: string): string[] {
  return gunzipSync(readFileSync(new URL(path, folder)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
}

function rowsOf(name: string): string[][] {
  return shippedLines(`${name}.gz`)
    .slice(1)
    .map((line) => line.trimEnd().split(','));
}

/** Windows are written with fractions of a second, rows without; of equal times the first counts, as in NAB. */
function rowAt(times: readonly string[], instant: string, name: string): number {
  const row = times.indexOf(instant.replace(/\.0+$/, ''));
  if (row < 0) {
    throw new Error(`${name} has no row at ${instant}`);
  }
  return row;
}
