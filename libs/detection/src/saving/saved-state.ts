import { pack, unpackInto, unpackLike, type NumberArray } from './packed-numbers.ts';

/** What JSON can say of a detector's state. */
export type SavedState = number | boolean | string | readonly SavedState[] | { readonly [name: string]: SavedState };

/**
 * A detector's state as JSON. A state is a plain object of finite numbers, booleans, arrays of numbers of fixed length (or
 * empty until they are needed), lists of text, and objects or fixed lists of such objects. What stands under the name `derived` is left out: it can be
 * made again from the rest.
 *
 * @throws TypeError for anything else in a state (a caller's mistake)
 */
export function freeze(state: object): SavedState {
  return Object.fromEntries(
    Object.entries(state)
      .filter(([name]) => name !== 'derived')
      .map(([name, value]) => [name, frozen(name, value)]),
  );
}

/**
 * Fills a fresh state with what {@link freeze} saved; the fresh state says which names, kinds and lengths are expected.
 *
 * @param fresh changed in place
 * @param where names the state in an error
 * @throws Error when the saved state does not fit
 */
export function thaw(fresh: object, saved: unknown, where: string): void {
  if (typeof saved !== 'object' || saved === null) {
    throw misfit(where);
  }
  const target = fresh as Record<string, unknown>;
  for (const [name, value] of Object.entries(fresh).filter(([name]) => name !== 'derived')) {
    const given = Object.hasOwn(saved, name) ? (saved as Record<string, unknown>)[name] : undefined;
    target[name] = thawed(value, given, `${where}.${name}`);
  }
}

function frozen(name: string, value: unknown): SavedState {
  if (
    typeof value === 'boolean' ||
    typeof value === 'string' ||
    (typeof value === 'number' && Number.isFinite(value))
  ) {
    return value;
  }
  if (isNumberArray(value)) {
    return pack(value);
  }
  if (Array.isArray(value)) {
    return value.map((part) => frozen(name, part));
  }
  if (typeof value === 'object' && value !== null) {
    return freeze(value);
  }
  throw new TypeError(`a state cannot hold ${typeof value} ${String(value)} as ${name}`);
}

function thawed(fresh: unknown, saved: unknown, where: string): unknown {
  if (isNumberArray(fresh) && fresh.length === 0) {
    return madeLater(fresh, saved, where);
  }
  if (isNumberArray(fresh)) {
    if (typeof saved !== 'string' || !unpackInto(fresh, saved)) {
      throw misfit(where);
    }
    return fresh;
  }
  if (Array.isArray(fresh)) {
    return thawedList(fresh, saved, where);
  }
  if (typeof fresh === 'object' && fresh !== null) {
    thaw(fresh, saved, where);
    return fresh;
  }
  if (typeof saved !== typeof fresh) {
    throw misfit(where);
  }
  return saved;
}

/** An array that its state makes when it is needed; see `notYet`. */
function madeLater(fresh: NumberArray, saved: unknown, where: string): NumberArray {
  const numbers = typeof saved === 'string' ? unpackLike(fresh, saved) : undefined;
  if (numbers === undefined) {
    throw misfit(where);
  }
  return numbers.length === 0 ? fresh : numbers;
}

/** A list that starts empty is a list of text of any length; one that starts filled keeps its length. */
function thawedList(fresh: unknown[], saved: unknown, where: string): unknown[] {
  if (!Array.isArray(saved)) {
    throw misfit(where);
  }
  if (fresh.length === 0) {
    if (!saved.every((text) => typeof text === 'string')) {
      throw misfit(where);
    }
    return saved;
  }
  if (saved.length !== fresh.length) {
    throw misfit(where);
  }
  return fresh.map((part, index) => thawed(part, saved[index], `${where}[${index}]`));
}

function isNumberArray(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function misfit(where: string): Error {
  return new Error(`the saved watch does not fit this version: ${where} is missing or of another kind`);
}
