/**
 * Counts of labels, bounded: whatever comes, a few dozen names and a few thousand bytes. Labels that find no place are
 * counted together.
 */
export interface LabelCounts {
  /** In the order in which they were first seen. */
  readonly names: string[];
  /** One for each name; the last cell of all counts the labels without a place. */
  readonly counts: Uint32Array;
  /** Bytes of the names as JSON. */
  bytes: number;
  readonly derived: { readonly places: Map<string, number> };
}

export function noLabels(most: number): LabelCounts {
  return { names: [], counts: new Uint32Array(most + 1), bytes: 0, derived: { places: new Map() } };
}

/** @returns the label's place, or -1 when it has none */
export function placeOf(labels: LabelCounts, label: string): number {
  return labels.derived.places.get(label) ?? -1;
}

/**
 * Counts a label, and gives a new one a place while there is room.
 *
 * @param mostBytes for all names together
 */
export function countLabel(labels: LabelCounts, label: string, mostBytes: number): void {
  const place = placeOf(labels, label);
  const cell = place >= 0 ? place : newPlace(labels, label, mostBytes);
  labels.counts[cell] = (labels.counts[cell] ?? 0) + 1;
}

/** How many labels without a place were counted. */
export function otherCount(labels: LabelCounts): number {
  return labels.counts[labels.counts.length - 1] ?? 0;
}

export function forgetLabels(labels: LabelCounts): void {
  labels.names.length = 0;
  labels.counts.fill(0);
  labels.bytes = 0;
  labels.derived.places.clear();
}

/** Makes the places again after the names were loaded. */
export function placeAgain(labels: LabelCounts): void {
  labels.derived.places.clear();
  labels.names.forEach((name, place) => labels.derived.places.set(name, place));
}

function newPlace(labels: LabelCounts, label: string, mostBytes: number): number {
  const others = labels.counts.length - 1;
  const bytes = labels.bytes + jsonBytes(label);
  if (labels.names.length >= others || bytes > mostBytes) {
    return others;
  }
  labels.bytes = bytes;
  labels.derived.places.set(label, labels.names.length);
  return labels.names.push(label) - 1;
}

/** Bytes of a text as JSON in UTF-8, at most: quotes and comma counted, lone surrogates and controls as escapes. */
export function jsonBytes(text: string): number {
  let bytes = 3;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) {
      bytes += 6;
    } else if (code < 0x80) {
      bytes += code === 0x22 || code === 0x5c ? 2 : 1;
    } else {
      bytes += code < 0x800 ? 2 : 3;
    }
  }
  return bytes;
}
