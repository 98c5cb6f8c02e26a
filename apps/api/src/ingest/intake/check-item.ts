import type * as z from 'zod';
import type { ItemFault } from './item-limits.ts';
import { escaped, overLimit } from './item-limits.ts';
import { isNotJson, parseJson } from './parse-json.ts';

/**
 * Makes an item of a parsed value, or says what is wrong with it. Never throws.
 *
 * @param text the JSON text of the value
 */
export type CheckItem<Item> = (value: unknown, text: string) => Item | ItemFault;

export function isFault(item: object): item is ItemFault {
  return 'reason' in item;
}

/** Parses the JSON text of one item and checks it. Never throws. */
export function itemOf<Item>(text: string, check: CheckItem<Item>): Item | ItemFault {
  const value = parseJson(text);
  return isNotJson(value) ? { pointer: '', reason: value.notJson } : check(value, text);
}

/**
 * Holds a parsed value against the limits of an item and a schema.
 *
 * @param noun what it should be, for the reason: `a prediction`
 * @returns what the schema made of it, or the first fault
 */
export function heldAgainst<Value extends object>(
  schema: z.ZodType<Value>,
  noun: string,
  value: unknown,
): { readonly value: Value } | ItemFault {
  const fault = overLimit(value);
  if (fault !== undefined) return fault;
  const parsed = schema.safeParse(value);
  return parsed.success ? { value: parsed.data } : faultOf(parsed.error, noun);
}

/** The first thing that the schema found. */
function faultOf({ issues }: z.ZodError, noun: string): ItemFault {
  const [issue] = issues;
  if (issue === undefined) return { pointer: '', reason: `is not ${noun}` };
  if (issue.code === 'unrecognized_keys') {
    return { pointer: pointerOf([...issue.path, issue.keys[0] ?? '']), reason: `is not a field of ${noun}` };
  }
  return { pointer: pointerOf(issue.path), reason: issue.message };
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${escaped(String(part))}`).join('');
}
