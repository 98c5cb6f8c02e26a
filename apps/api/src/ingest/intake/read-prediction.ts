import type { Prediction } from '@watchfloor/contracts';
import { predictionSchema } from '@watchfloor/contracts';
import { heldAgainst, isFault, itemOf } from './check-item.ts';
import type { ItemFault } from './item-limits.ts';
import { isSurelyPrediction } from './surely-well.ts';

export interface TextedPrediction {
  readonly prediction: Prediction;
  /** The JSON text that is stored. */
  readonly text: string;
}

/** One item of a request, read. */
export type ReadItem = TextedPrediction | ItemFault;

/** Parses the JSON text of one prediction and holds it against limits and schema. Never throws. */
export function readPrediction(text: string): ReadItem {
  return itemOf(text, checkPrediction);
}

/**
 * Holds a parsed item against limits and schema.
 *
 * @param text the JSON text of `value`: stored as it came, unless the schema writes it differently
 */
export function checkPrediction(value: unknown, text: string): ReadItem {
  if (isSurelyPrediction(value)) return { prediction: value as Prediction, text };
  const held = heldAgainst(predictionSchema, 'a prediction', value);
  return isFault(held) ? held : { prediction: held.value, text: JSON.stringify(held.value) };
}
