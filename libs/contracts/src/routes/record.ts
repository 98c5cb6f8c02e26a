import * as z from 'zod';
import { pageSchema } from '../paging.ts';
import { recordPersonSchema, recordQuerySchema, servedEntrySchema } from '../record.ts';
import type { Route } from './route.ts';

const recordPage = z.strictObject({ items: z.array(servedEntrySchema), head: z.int(), next: z.string().optional() });

export const recordRoutes = {
  record: {
    method: 'GET',
    path: '/record',
    caller: 'record.read',
    does: 'Numbered entries of the record',
    query: recordQuerySchema,
    answer: recordPage,
  },
  recordPeople: {
    method: 'GET',
    path: '/record/people',
    caller: 'record.read',
    does: 'People by whom there are entries that the reader may see, by name',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(500).optional(),
      after: z.string().max(1_000).optional(),
    }),
    answer: pageSchema(recordPersonSchema),
  },
  recordEntry: {
    method: 'GET',
    path: '/record/{number}',
    caller: 'record.read',
    does: 'One entry',
    params: z.strictObject({ number: z.coerce.number().int().min(0) }),
    answer: servedEntrySchema,
  },
  recordExport: {
    method: 'POST',
    path: '/record/export',
    caller: 'record.export',
    does: 'Entries as CSV or JSON lines; the export is itself recorded',
    body: recordQuerySchema.omit({ before: true, limit: true }).extend({ format: z.enum(['csv', 'jsonl']) }),
    status: 200,
  },
} as const satisfies Record<string, Route>;
