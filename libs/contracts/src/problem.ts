import * as z from 'zod';

/** Why something was refused. The server turns each into a status in one table; `because` is written for a person. */
export const refusals = [
  'not-signed-in',
  'not-allowed',
  'wrong-credentials',
  'too-many-attempts',
  'wrong-origin',
  'not-found',
  'malformed',
  'unsupported-content',
  'too-large',
  'nothing-accepted',
  'stale-version',
  'claim-lost',
  'claimed-by-other',
  'not-claimed',
  'already-settled',
  'not-settled',
  'lapsed',
  'too-late-to-undo',
  'not-yours',
  'reason-needed',
  'unfit-answer',
  'exists-already',
  'last-administrator',
  'duties-collide',
  'not-yet-possible',
  'too-busy',
  'not-ready',
] as const;
export type RefusalCode = (typeof refusals)[number];

/** A rule's way of saying no to something that a person can cause. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly because: string;
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && 'because' in value;
}

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
