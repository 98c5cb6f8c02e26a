import type { Flag } from '@watchfloor/contracts';

/**
 * Whether a person may say that the model is wrong without saying what is right. Of two labels the other one is right, so
 * there it would only be a second way to say the same.
 */
export function canStayOpen({ subject, choices }: Pick<Flag, 'subject' | 'choices'>): boolean {
  return subject.kind === 'prediction' && choices.length !== 2;
}
