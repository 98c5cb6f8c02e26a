import type { Adjudicator } from '@watchfloor/contracts';

/** By what an audit was decided. */
export const adjudicatorWords: Record<Adjudicator, string> = {
  first: 'the first look confirmed the model',
  second: 'by a blind second look',
  outcome: 'by the truth that came later',
  nobody: 'nobody took the second look in time: counts as an error',
};
