import * as z from 'zod';
import { recordQuerySchema, servedEntrySchema } from '../record.ts';
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
