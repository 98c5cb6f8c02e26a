import type { EntryRow } from './entry-row.ts';

/**
 * People whose entries can be asked for by name: I myself, and everybody who acts in the rows that are known.
 *
 * @param asked the person that is asked for just now, who may be in none of them
 * @returns pairs of id and name, myself first
 */
export function peopleIn(
  rows: readonly EntryRow[],
  me: { readonly id: string; readonly name: string },
  asked: string | undefined,
): readonly (readonly [string, string])[] {
  const names = new Map<string, string>();
  for (const { entry, who } of rows) {
    if (entry?.actor.kind === 'person' && entry.actor.id !== me.id) {
      names.set(entry.actor.id, who);
    }
  }
  if (asked !== undefined && asked !== me.id && !names.has(asked)) {
    names.set(asked, asked.slice(-8));
  }
  return [[me.id, `${me.name} (me)`], ...[...names].sort(([, a], [, b]) => a.localeCompare(b))];
}
