import * as z from 'zod';
import { refusals } from './refusal.ts';

/** RFC 9457 problem details; `refused` is our closed code, `detail` the sentence for a person. */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  refused: z.enum(refusals).optional(),
  /** Which part of the request was wrong, RFC 6901. */
  errors: z.array(z.strictObject({ pointer: z.string(), reason: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
