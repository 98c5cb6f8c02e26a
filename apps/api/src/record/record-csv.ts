import type { ServedEntry } from '@watchfloor/contracts';
import { isReadable } from '@watchfloor/contracts';
import { stringify } from 'csv-stringify/sync';

/** One column each; entries that one may not read fill the first alone. */
const columns = [
  'number',
  'at',
  'kind',
  'stream',
  'flagId',
  'actorKind',
  'actor',
  'actorName',
  'data',
  'id',
  'leafHash',
] as const;

export const csvHeader = csvLines([[...columns]]);

/**
 * Entries as lines of RFC 4180 that a spreadsheet opens without running anything: cells that begin like a formula (= + - @,
 * tab, carriage return, their wide forms) get an apostrophe in front. The exact text is in the JSON lines.
 */
export function csvOf(entries: readonly ServedEntry[]): string {
  return csvLines(entries.map(cellsOf));
}

function cellsOf(entry: ServedEntry): string[] {
  if (!isReadable(entry)) return [String(entry.number), ...columns.slice(1).map(() => '')];
  return [
    String(entry.number),
    entry.at,
    entry.kind,
    entry.stream ?? '',
    entry.flagId ?? '',
    entry.actor.kind,
    entry.actor.kind === 'person' ? entry.actor.id : entry.actor.part,
    entry.actorName,
    JSON.stringify(entry.data),
    entry.id,
    entry.leafHash,
  ];
}

function csvLines(rows: string[][]): string {
  return stringify(rows, { escape_formulas: true, quoted_string: true, record_delimiter: 'windows' });
}
