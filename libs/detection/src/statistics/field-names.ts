import { jsonBytes } from './label-counts.ts';

/**
 * The names of the features and segments of a stream that have a place, in the order in which they were first seen. Bounded:
 * names beyond the room have none.
 */
export interface FieldNames {
  /** `f` or `s` before each: a feature and a segment may be called the same. */
  readonly names: string[];
  /** Bytes of the names as JSON. */
  bytes: number;
  readonly derived: {
    readonly features: FieldPlaces;
    readonly segments: FieldPlaces;
  };
}

export type FieldKind = 'feature' | 'segment';

/** Predictions mostly name their fields in the same order: then the place is found without a look-up. */
interface FieldPlaces {
  readonly byName: Map<string, number>;
  /** Names in the order of the last prediction, and their places. */
  readonly order: string[];
  readonly places: number[];
}

export const mostFields = 32;
const mostBytes = 700;

export function noFieldNames(): FieldNames {
  return { names: [], bytes: 0, derived: { features: noPlaces(), segments: noPlaces() } };
}

/**
 * The place of a field; a new one gets the next while there is room.
 *
 * @param index how many fields of its kind the prediction named before
 * @returns -1 for a field without a place
 */
export function placeOfField(fields: FieldNames, kind: FieldKind, name: string, index: number): number {
  const known = kind === 'feature' ? fields.derived.features : fields.derived.segments;
  if (known.order[index] === name) {
    return known.places[index] ?? -1;
  }
  const place = known.byName.get(name) ?? addField(fields, kind, name);
  known.order[index] = name;
  known.places[index] = place;
  return place;
}

export function nameOfField({ names }: FieldNames, place: number): { readonly kind: FieldKind; readonly name: string } {
  const name = names[place] ?? '';
  return { kind: name.startsWith('f') ? 'feature' : 'segment', name: name.slice(1) };
}

/** Makes the places again after the names were loaded. */
export function placeFieldsAgain({ names, derived }: FieldNames): void {
  [derived.features, derived.segments].forEach((known) => {
    known.byName.clear();
    known.order.length = 0;
  });
  names.forEach((name, place) => {
    (name.startsWith('f') ? derived.features : derived.segments).byName.set(name.slice(1), place);
  });
}

function noPlaces(): FieldPlaces {
  return { byName: new Map(), order: [], places: [] };
}

function addField(fields: FieldNames, kind: FieldKind, name: string): number {
  const { names, derived } = fields;
  const bytes = fields.bytes + jsonBytes(name) + 1;
  if (names.length >= mostFields || bytes > mostBytes) {
    return -1;
  }
  fields.bytes = bytes;
  (kind === 'feature' ? derived.features : derived.segments).byName.set(name, names.length);
  return names.push(`${kind === 'feature' ? 'f' : 's'}${name}`) - 1;
}
