import { entryBounds } from '@watchfloor/contracts';

/** As many paths as an entry of the record has room for, and how many more there are. */
export function namedPaths(paths: readonly string[]): { changed: string[]; more?: number } {
  const changed = paths.slice(0, entryBounds.paths);
  const more = paths.length - changed.length;
  return more > 0 ? { changed, more } : { changed };
}
