export type Move = 'left' | 'right' | 'up' | 'down';

/**
 * The tile that an arrow leads to on a wall filled row by row.
 *
 * @param from null where no tile has the focus: any arrow leads to the first one
 * @param columns at least 1
 * @returns `from` itself at the wall's edge; null on an empty wall
 */
export function tileAt(names: readonly string[], from: string | null, move: Move, columns: number): string | null {
  const at = from === null ? -1 : names.indexOf(from);
  if (at < 0) {
    return names[0] ?? null;
  }
  const step = { left: -1, right: 1, up: -columns, down: columns }[move];
  return names[at + step] ?? from;
}
