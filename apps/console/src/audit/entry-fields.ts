import type { RecordEntry } from '@watchfloor/contracts';
import { shownEvidence, type EvidenceFact } from '../flag/evidence/shown-evidence.ts';

/** Said elsewhere on the page of an entry. */
const saidAbove = new Set(['label', 'value', 'modelLabel', 'modelValue', 'reason', 'stream', 'id', 'flag']);

/** What else an entry holds, as names and values; nothing of it is left out, and nothing is said twice. */
export function entryFields({ data }: RecordEntry): readonly EvidenceFact[] {
  const flag = 'flag' in data ? data.flag : {};
  const rest = Object.entries({ ...flag, ...data }).filter(([key]) => !saidAbove.has(key));
  return shownEvidence(Object.fromEntries(rest));
}
