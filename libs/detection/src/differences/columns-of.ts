import type { Described } from './what-differs.ts';

/** What a sample says of one feature or segment. */
export interface Column {
  readonly key: string;
  readonly kind: 'segment' | 'feature' | 'model';
  readonly name: string;
  readonly values: (string | number)[];
}

/** So many features and segments are looked at, the first that come; a prediction may have more. */
export const mostColumns = 100;
/** Categories are told apart by so many characters. */
const longestValue = 100;

/** @returns columns by key, of at most {@link mostColumns} names */
export function columnsOf(sample: readonly Described[]): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  const add = (kind: Column['kind'], name: string, value: unknown) => {
    const taken = valueOf(value);
    if (taken === undefined) return;
    const key = `${kind} ${name}`;
    let column = columns.get(key);
    if (column === undefined) {
      if (columns.size >= mostColumns) return;
      column = { key, kind, name, values: [] };
      columns.set(key, column);
    }
    column.values.push(taken);
  };
  for (const { features, segments, model } of sample) {
    for (const [name, value] of Object.entries(segments ?? {})) add('segment', name, value);
    if (model !== undefined)
      add('model', 'model', model.version === undefined ? model.name : `${model.name} ${model.version}`);
    for (const [name, value] of Object.entries(features ?? {})) add('feature', name, value);
  }
  return columns;
}

function valueOf(value: unknown): string | number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'string') return value.slice(0, longestValue);
  return typeof value === 'boolean' ? String(value) : undefined;
}
