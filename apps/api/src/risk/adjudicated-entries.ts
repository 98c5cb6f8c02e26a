import type { EntryKind, RecordEntry } from '@watchfloor/contracts';
import type { Adjudicated } from './adjudicated.ts';

/** The entries that risk control lives on. */
export const adjudicatedKinds: readonly EntryKind[] = ['audit-adjudicated'];

/** What an entry says about an audit; nothing for another entry. */
export function adjudicatedOf(entry: RecordEntry): Adjudicated[] {
  if (entry.kind !== 'audit-adjudicated' || entry.stream === null) return [];
  const { number, at, stream, data } = entry;
  const { predictionId, position, probability, modelConfidence: confidence, isError, by } = data;
  return [{ number, at, stream, predictionId, position, probability, confidence, isError, by }];
}
