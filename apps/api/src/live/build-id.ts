import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The console's page names its scripts by their hashes, so it changes with every build that matters to a browser. */
const consolePage = join(import.meta.dirname, '../../../console/dist/index.html');

/** @returns which build this server serves; `none` where there is no console, as in development */
export async function buildId(page = consolePage): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(page))
      .digest('hex')
      .slice(0, 12);
  } catch {
    return 'none';
  }
}
