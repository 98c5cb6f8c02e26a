/** What a person, a model or the world said: a label or a value; `other` when only "not what the model says" is known. */
export type Said = string | number | typeof other;
export const other = Symbol('another answer than the model');

/** All answers about one drawn prediction. */
export interface Looks {
  /** What the model said. */
  readonly model: string | number;
  /** The first reviewer's answer. */
  readonly first?: Said | undefined;
  /** The answer of another person, who saw neither the first nor the model's. */
  readonly second?: Said | undefined;
  /** What turned out to be true. */
  readonly outcome?: Said | undefined;
}

/** What follows: a first look is due, a second one, or whether the model was wrong is settled. */
export type Adjudication =
  | { readonly state: 'first-look' }
  | { readonly state: 'second-look' }
  | { readonly state: 'settled'; readonly isError: boolean; readonly by: 'first' | 'second' | 'outcome' };

/**
 * Whether the model was wrong. One person's disagreement is not enough: people err too, and with single verdicts no error
 * rate below their own could ever be certified. An error counts when a second person, blind to the first and to the model,
 * also disagrees with the model, with whatever answer. What has turned out to be true decides alone.
 *
 * @param isSame whether two answers are the same; by default the very same label, or a value within 0.1 %
 */
export function adjudicate(
  { model, first, second, outcome }: Looks,
  isSame: (model: string | number, said: string | number) => boolean = isSameAnswer,
): Adjudication {
  const disagrees = (said: Said) => said === other || !isSame(model, said);
  if (outcome !== undefined) {
    return { state: 'settled', isError: disagrees(outcome), by: 'outcome' };
  }
  if (first === undefined) {
    return { state: 'first-look' };
  }
  if (!disagrees(first)) {
    return { state: 'settled', isError: false, by: 'first' };
  }
  if (second === undefined) {
    return { state: 'second-look' };
  }
  return { state: 'settled', isError: disagrees(second), by: 'second' };
}

function isSameAnswer(model: string | number, said: string | number): boolean {
  return typeof model === 'number' && typeof said === 'number'
    ? Math.abs(model - said) <= 0.001 * Math.max(Math.abs(model), Math.abs(said))
    : model === said;
}
