import type { RecordPerson } from '@watchfloor/contracts';

/**
 * People whose entries can be asked for by name: I myself, and everybody who acts in the record.
 *
 * @param asked the person that is asked for just now, who may not be known yet
 * @returns pairs of id and name, myself first
 */
export function peopleIn(
  everybody: readonly RecordPerson[],
  me: RecordPerson,
  asked: string | undefined,
): readonly (readonly [string, string])[] {
  const names = new Map(everybody.map(({ id, name }) => [id, name]));
  if (asked !== undefined && !names.has(asked)) {
    names.set(asked, asked.slice(-8));
  }
  names.delete(me.id);
  return [[me.id, `${me.name} (me)`], ...[...names].sort(([, a], [, b]) => a.localeCompare(b))];
}
