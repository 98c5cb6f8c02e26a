import { ingestLimits } from '@watchfloor/contracts';

/** What is wrong with one item: where (RFC 6901, inside the item) and why. */
export interface ItemFault {
  readonly pointer: string;
  readonly reason: string;
}

const reserved = '__proto__';

/**
 * Whether parsed JSON stays within the limits of one item: nesting, text length, keys of one object, and no key that would
 * reach a prototype if somebody copied it carelessly. It comes before the schema, whose own recursion is unbounded.
 *
 * @returns the first part that does not, undefined when all do
 */
export function overLimit(value: unknown, depth = 1): ItemFault | undefined {
  if (typeof value === 'string') {
    return value.length > ingestLimits.textLength
      ? here(`is longer than ${ingestLimits.textLength} characters`)
      : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > ingestLimits.depth) return here(`is nested deeper than ${ingestLimits.depth} levels`);
  return Array.isArray(value) ? overLimitInList(value, depth) : overLimitInObject(value, depth);
}

function overLimitInList(list: readonly unknown[], depth: number): ItemFault | undefined {
  for (let index = 0; index < list.length; index += 1) {
    const fault = overLimit(list[index], depth + 1);
    if (fault !== undefined) return under(String(index), fault);
  }
  return undefined;
}

function overLimitInObject(object: object, depth: number): ItemFault | undefined {
  let count = 0;
  // JSON.parse makes plain objects, so that nothing inherited shows up here; and this is the hot path.
  for (const key in object) {
    count += 1;
    if (count > ingestLimits.keys) return here(`has more than ${ingestLimits.keys} keys`);
    if (key === reserved) return under(key, here('is a reserved name'));
    const fault = overLimit((object as Record<string, unknown>)[key], depth + 1);
    if (fault !== undefined) return under(key, fault);
  }
  return undefined;
}

function here(reason: string): ItemFault {
  return { pointer: '', reason };
}

function under(key: string, { pointer, reason }: ItemFault): ItemFault {
  return { pointer: `/${escaped(key)}${pointer}`, reason };
}

/** A key as a part of an RFC 6901 path. Keys are hostile text, too; a pointer need not carry all of a long one. */
export function escaped(key: string): string {
  return key.slice(0, 200).replaceAll('~', '~0').replaceAll('/', '~1');
}
