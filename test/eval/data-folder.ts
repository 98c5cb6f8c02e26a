import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EvalContext, UnmeasuredRow } from './eval-group.ts';

/**
 * A file or folder of data that does not ship with the project.
 *
 * @param path inside the data folder, e.g. `elec2/elec.csv.gz`
 * @returns its full path, or null when no folder was named or it does not hold the path
 */
export function dataPath({ dataFolder }: EvalContext, path: string): string | null {
  const full = dataFolder === null ? null : join(dataFolder, path);
  return full !== null && existsSync(full) ? full : null;
}

/** What to print for a figure whose data are not there. */
export function unmeasured(what: string, path: string): UnmeasuredRow {
  return { what, missing: `needs ${path} in the folder that --data DIR or WATCHFLOOR_EVAL_DATA names` };
}
