import type { EntryKind, Permission, RecordEntry, ServedEntry } from '@watchfloor/contracts';
import { accessEntryKinds } from '@watchfloor/contracts';

/** Who reads the record. */
export interface Reader {
  readonly permissions: ReadonlySet<Permission>;
}

/** The kinds that a reader may not see. */
export function unseenBy({ permissions }: Reader): readonly EntryKind[] {
  return permissions.has('record.read-access') ? [] : [...accessEntryKinds];
}

/** The entry as a reader may see it: whole, or as its bare number. */
export function servedEntry(entry: RecordEntry, reader: Reader): ServedEntry {
  return unseenBy(reader).includes(entry.kind) ? { number: entry.number } : entry;
}
