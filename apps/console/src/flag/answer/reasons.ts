import type { ReasonCode } from '@watchfloor/contracts';

/** How a reason for an override is shown, and the key that gives it. */
export interface ReasonFace {
  readonly key: string;
  readonly words: string;
}

/**
 * The letters stay clear of those that act on a flag (c e h m r s v z), so that no key means two things on one screen.
 */
export const reasonFaces: Record<ReasonCode, ReasonFace> = {
  'wrong-class': { key: 'a', words: 'wrong class' },
  'missing-context': { key: 'b', words: 'missing context' },
  'out-of-distribution': { key: 'd', words: 'unlike what it learnt' },
  'policy-exception': { key: 'p', words: 'policy exception' },
  'data-fault': { key: 'f', words: 'fault in the data' },
  'known-entity': { key: 'k', words: 'known entity' },
  other: { key: 'o', words: 'other (with a note)' },
};

export const reasonsInOrder = (Object.keys(reasonFaces) as ReasonCode[]).map((code) => ({
  code,
  ...reasonFaces[code],
}));
