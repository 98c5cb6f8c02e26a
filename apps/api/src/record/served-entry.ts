import type { EntryKind, Permission, RecordEntry, ServedEntry } from '@watchfloor/contracts';
import { accessEntryKinds } from '@watchfloor/contracts';
import type { Withheld } from './withheld.store.ts';

/** Who reads the record. */
export interface Reader {
  readonly person: { readonly id: string };
  readonly permissions: ReadonlySet<Permission>;
}

/** The kinds that a reader may not see. */
export function unseenBy({ permissions }: Reader): readonly EntryKind[] {
  return permissions.has('record.read-access') ? [] : [...accessEntryKinds];
}

/** The reader as somebody from whom entries about flags may be withheld; undefined for one who decides nothing. */
export function withheldFrom({ person, permissions }: Reader): string | undefined {
  return permissions.has('flags.decide') ? person.id : undefined;
}

/** The entry as a reader may see it: whole, or as its bare number. */
export function servedEntry(entry: RecordEntry, reader: Reader, withheld: Withheld): ServedEntry {
  return unseenBy(reader).includes(entry.kind) || isWithheld(entry, reader, withheld)
    ? { number: entry.number }
    : entry;
}

/** Whether the reader could still answer blind what the entry is about. */
export function isWithheld({ flagId }: Pick<RecordEntry, 'flagId'>, reader: Reader, withheld: Withheld): boolean {
  const seenBy = flagId === null ? undefined : withheld.get(flagId);
  return seenBy !== undefined && withheldFrom(reader) !== undefined && !seenBy.has(reader.person.id);
}
