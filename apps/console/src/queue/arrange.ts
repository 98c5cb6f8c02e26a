/** What the arrangement needs to know of a row. */
export interface Placed {
  readonly id: string;
}

export interface Arrangement<Row> {
  /** What is drawn, in its order. */
  readonly rows: readonly Row[];
  /** How many wait to be let in. */
  readonly fresh: number;
}

/**
 * Which rows a list shows while somebody's hand is on it: those that it showed, where they were, with what is known of
 * them now. What came since is counted and waits; what left stays in its place until the hand is gone, so that nothing
 * moves under the pointer.
 *
 * @param shownIds ids in the order in which the list shows them
 * @param live the rows as they are now, in their order
 * @param gone rows that are no longer live, if they are still known
 */
export function arranged<Row extends Placed>(
  shownIds: readonly string[],
  live: readonly Row[],
  gone: (id: string) => Row | undefined,
): Arrangement<Row> {
  const byId = new Map(live.map((row) => [row.id, row]));
  const rows = shownIds.map((id) => byId.get(id) ?? gone(id)).filter((row) => row !== undefined);
  const shown = new Set(shownIds);
  return { rows, fresh: live.filter((row) => !shown.has(row.id)).length };
}
