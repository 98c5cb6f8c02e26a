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
  'withdrawn',
  'not-blind',
  'too-late-to-undo',
  'not-yours',
  'reason-needed',
  'unfit-answer',
  'exists-already',
  'last-administrator',
  'duties-collide',
  'needs-another',
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
