import type { RecordEntry } from '@watchfloor/contracts';

/**
 * What the wall tells of late: the newest entries about streams, of a flag that grows and grows only how large it is now.
 *
 * @param entries newest first
 */
export function newestEvents(entries: readonly RecordEntry[], count: number): readonly RecordEntry[] {
  const growing = new Set<string>();
  const shown: RecordEntry[] = [];
  for (const entry of entries) {
    if (entry.stream === null || (entry.kind === 'flag-joined' && growing.has(entry.flagId ?? ''))) {
      continue;
    }
    if (entry.kind === 'flag-joined') {
      growing.add(entry.flagId ?? '');
    }
    shown.push(entry);
    if (shown.length === count) {
      break;
    }
  }
  return shown;
}
