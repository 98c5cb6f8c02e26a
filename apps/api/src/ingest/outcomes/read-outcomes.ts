import type { IncomingHttpHeaders } from 'node:http';
import type { Outcome } from '@watchfloor/contracts';
import { ingestLimits, outcomeSchema } from '@watchfloor/contracts';
import { orRefuse, refuse } from '../../platform/http/refused.ts';
import { bodyKindOf } from '../intake/body-kind.ts';
import type { ItemFault } from '../intake/item-limits.ts';
import { overLimit } from '../intake/item-limits.ts';
import { jsonItems } from '../intake/json-items.ts';
import { faultOf, isNotJson, parseJson } from '../intake/read-prediction.ts';
import { TextLines } from '../intake/text-lines.ts';

/** One item of a request: an outcome, or why it is none. */
export type ReadOutcome = { readonly outcome: Outcome } | ItemFault;

/**
 * Reads a body of outcomes: an object, a list of them, or JSON lines.
 *
 * @throws Refused for a body that is wrong as a whole
 */
export async function readOutcomes(
  headers: IncomingHttpHeaders,
  bytes: AsyncIterable<Buffer>,
): Promise<readonly ReadOutcome[]> {
  const kind = orRefuse(bodyKindOf(headers));
  if (kind !== 'json' && kind !== 'ndjson') {
    refuse('unsupported-content', 'outcomes are taken as application/json or application/x-ndjson');
  }
  const items = kind === 'json' ? await readJson(bytes) : await readLines(bytes);
  if (items.length > ingestLimits.items) {
    refuse('too-large', `the body has more than ${ingestLimits.items} items; send several smaller ones`);
  }
  return items;
}

async function readJson(bytes: AsyncIterable<Buffer>): Promise<ReadOutcome[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return jsonItems(Buffer.concat(chunks)).map((item) => {
    if (typeof item !== 'string') return item;
    const value = parseJson(item);
    if (isNotJson(value)) refuse('malformed', `the body ${value.notJson}`);
    return checkOutcome(value);
  });
}

async function readLines(bytes: AsyncIterable<Buffer>): Promise<ReadOutcome[]> {
  const lines = new TextLines();
  const items: ReadOutcome[] = [];
  const take = (some: ReturnType<TextLines['end']>) => {
    for (const line of some) items.push('text' in line ? readLine(line.text) : { pointer: '', reason: line.reason });
    // A body of empty objects must not grow into millions of complaints before it is refused.
    if (items.length > ingestLimits.items) refuse('too-large', `the body has more than ${ingestLimits.items} items`);
  };
  for await (const chunk of bytes) take(lines.push(chunk));
  take(lines.end());
  return items;
}

function readLine(text: string): ReadOutcome {
  const value = parseJson(text);
  return isNotJson(value) ? { pointer: '', reason: value.notJson } : checkOutcome(value);
}

function checkOutcome(value: unknown): ReadOutcome {
  const fault = overLimit(value);
  if (fault !== undefined) return fault;
  const parsed = outcomeSchema.safeParse(value);
  return parsed.success ? { outcome: parsed.data } : faultOf(parsed.error);
}
