import type { Flag } from '@watchfloor/contracts';

/**
 * Whether a person may say that the model is wrong without saying what is right. Of two labels the other one is right, so
 * there it would only be a second way to say the same.
 */
export function canStayOpen({ subject, choices, isBlind }: Pick<Flag, 'subject' | 'choices' | 'isBlind'>): boolean {
  return isBlind !== true && subject.kind === 'prediction' && choices.length !== 2;
}

/** Whether a value is asked for. Where the model's answer is hidden, only the choices tell. */
export function asksForValue({ subject, choices, isBlind }: Pick<Flag, 'subject' | 'choices' | 'isBlind'>): boolean {
  return (
    subject.kind === 'prediction' && (isBlind === true ? choices.length === 0 : subject.prediction.label === undefined)
  );
}
