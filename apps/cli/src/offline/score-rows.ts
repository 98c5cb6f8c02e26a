import type { SeriesRow } from '@watchfloor/contracts';
import { seriesRowSchema } from '@watchfloor/contracts';
import { scoreRow, startSeries } from '@watchfloor/detection';
import type { Line } from './read-lines.ts';

/** What came of a series, filled in while it is read. */
export interface ScoreTally {
  rows: number;
  /** Rows that scored at least the threshold. */
  odd: number;
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Reads `timestamp,value` and gives `timestamp,value,score`, row by row; timestamps and values stay as they are written.
 *
 * @param name how errors call the source
 * @param threshold in [0, 1]
 * @throws Error naming source and line at the first that does not fit
 */
export async function* scoreLines(
  lines: AsyncIterable<Line>,
  name: string,
  threshold: number,
  tally: ScoreTally,
): AsyncGenerator<string> {
  const series = startSeries();
  let places: Places | null = null;
  for await (const line of lines) {
    const fields = fieldsOf(line.text);
    if (places === null) {
      places = placesOf(fields, `${name}:${line.number}`);
      yield 'timestamp,value,score\n';
      continue;
    }
    const row = rowOf(fields, places, `${name}:${line.number}`);
    const score = scoreRow(series, row);
    tally.rows++;
    tally.odd += score >= threshold ? 1 : 0;
    yield `${row.timestamp},${fields[places.value] ?? ''},${score}\n`;
  }
  if (places === null) {
    throw new Error(`${name}: has no header; the first line must name timestamp and value`);
  }
}

interface Places {
  readonly timestamp: number;
  readonly value: number;
  readonly count: number;
}

function placesOf(fields: readonly string[], place: string): Places {
  const names = fields.map((field) => field.toLowerCase());
  const places = { timestamp: names.indexOf('timestamp'), value: names.indexOf('value'), count: names.length };
  if (places.timestamp < 0 || places.value < 0) {
    throw new Error(`${place}: the first line must name timestamp and value`);
  }
  return places;
}

function rowOf(fields: readonly string[], places: Places, place: string): SeriesRow {
  if (fields.length !== places.count) {
    throw new Error(`${place}: has ${fields.length} fields, and the first line has ${places.count}`);
  }
  const written = fields[places.value] ?? '';
  if (!number.test(written)) {
    throw new Error(`${place}: the value is not a number`);
  }
  const parsed = seriesRowSchema.safeParse({ timestamp: fields[places.timestamp], value: Number(written) });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${place}: ${issue?.path.join('/') ?? ''} ${issue?.message ?? 'does not fit'}`);
  }
  return parsed.data;
}

/** Timestamps and numbers hold neither commas nor quotes; a field in quotes is taken without them. */
function fieldsOf(line: string): string[] {
  return line.split(',').map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
}
