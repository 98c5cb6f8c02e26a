import type { Prediction } from '@watchfloor/contracts';
import { predictionSchema } from '@watchfloor/contracts';
import type * as z from 'zod';
import type { ItemFault } from './item-limits.ts';
import { escaped, overLimit } from './item-limits.ts';
import { isSurelyPrediction } from './surely-well.ts';

/** One item of a request, read. */
export type ReadItem =
  | {
      readonly prediction: Prediction;
      /** The JSON text that is stored. */
      readonly text: string;
    }
  | ItemFault;

export function isFault(item: ReadItem): item is ItemFault {
  return 'reason' in item;
}

/** Parses the JSON text of one prediction and holds it against limits and schema. Never throws. */
export function readPrediction(text: string): ReadItem {
  const value = parseJson(text);
  return isNotJson(value) ? { pointer: '', reason: value.notJson } : checkPrediction(value, text);
}

/**
 * Holds a parsed item against limits and schema.
 *
 * @param text the JSON text of `value`: stored as it came, unless the schema writes it differently
 */
export function checkPrediction(value: unknown, text: string): ReadItem {
  if (isSurelyPrediction(value)) return { prediction: value as Prediction, text };
  const fault = overLimit(value);
  if (fault !== undefined) return fault;
  const parsed = predictionSchema.safeParse(value);
  return parsed.success ? { prediction: parsed.data, text: JSON.stringify(parsed.data) } : faultOf(parsed.error);
}

export interface NotJson {
  readonly notJson: string;
}
/** No JSON text parses to an instance of a class, so that this cannot be mistaken for somebody's data. */
class BadJson implements NotJson {
  readonly notJson: string;
  constructor(reason: string) {
    this.notJson = reason;
  }
}

export function isNotJson(value: unknown): value is NotJson {
  return value instanceof BadJson;
}

/** @returns the value, or why the text is none */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return new BadJson(`is not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}

/** The first thing that the schema found. */
export function faultOf({ issues }: z.ZodError): ItemFault {
  const [issue] = issues;
  if (issue === undefined) return { pointer: '', reason: 'is not a prediction' };
  if (issue.code === 'unrecognized_keys') {
    return { pointer: pointerOf([...issue.path, issue.keys[0] ?? '']), reason: 'is not a field of a prediction' };
  }
  return { pointer: pointerOf(issue.path), reason: issue.message };
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${escaped(String(part))}`).join('');
}
