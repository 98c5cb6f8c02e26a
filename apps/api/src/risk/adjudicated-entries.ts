import type { EntryKind, RecordEntry } from '@watchfloor/contracts';
import * as z from 'zod';
import type { Adjudicated } from './adjudicated.ts';

const kind = 'audit-adjudicated';

/** The entries that risk control lives on. */
export const adjudicatedKinds: readonly EntryKind[] = [kind as EntryKind];

const dataSchema = z.object({
  predictionId: z.string(),
  position: z.int(),
  probability: z.number(),
  modelConfidence: z.number().nullable(),
  isError: z.boolean(),
  by: z.enum(['first', 'second', 'outcome', 'nobody']),
});

/** What an entry says about an audit; nothing for another entry. */
export function adjudicatedOf(entry: Pick<RecordEntry, 'number' | 'at' | 'kind' | 'stream' | 'data'>): Adjudicated[] {
  if (!adjudicatedKinds.includes(entry.kind) || entry.stream === null) return [];
  const { number, at, stream, data } = entry;
  const { modelConfidence: confidence, ...audit } = dataSchema.parse(data);
  return [{ number, at, stream, confidence, ...audit }];
}
