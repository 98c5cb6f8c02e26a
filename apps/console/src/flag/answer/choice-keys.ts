/** A label that may be answered, and the key that answers it; `null` where the keys ran out. */
export interface KeyedChoice {
  readonly key: string | null;
  readonly label: string;
}

const keysInOrder = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/**
 * Which digit answers which label: 1-9 and 0 in the order given. Where the labels *are* digits, each label is its own
 * key: a reviewer who sees a seven must never have to press 8 for it.
 *
 * @param choices the labels in the policy's order, each once
 */
export function keyedChoices(choices: readonly string[]): readonly KeyedChoice[] {
  const areDigits = choices.length > 0 && choices.every((label) => keysInOrder.includes(label));
  return choices.map((label, index) => ({ label, key: areDigits ? label : (keysInOrder[index] ?? null) }));
}
