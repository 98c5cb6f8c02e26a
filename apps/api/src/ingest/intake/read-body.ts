import type { IncomingHttpHeaders } from 'node:http';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { refuse } from '../../platform/http/refused.ts';
import type { BodyKind } from './body-kind.ts';
import { readBinaryEvent, readStructuredEvent } from './cloud-event.ts';
import type { Intake } from './intake.ts';
import type { ItemText } from './json-items.ts';
import { jsonItems } from './json-items.ts';
import type { ReadItem } from './read-prediction.ts';
import { checkPrediction, isNotJson, parseJson, readPrediction } from './read-prediction.ts';
import type { Line } from './text-lines.ts';
import { TextLines } from './text-lines.ts';

/** So many items are read before others get their turn. */
const itemsAtOnce = 500;

/** A body, and how it is to be read. */
export interface Body {
  readonly kind: BodyKind;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: AsyncIterable<Buffer>;
}

/**
 * Reads a body into an intake. Lines go on while the rest is still coming; other kinds are read to their end first, so that a
 * list that is not JSON is refused as a whole.
 *
 * @throws Refused for a body that is wrong as a whole
 */
export async function readBody({ kind, headers, bytes }: Body, intake: Intake): Promise<void> {
  if (kind === 'ndjson') {
    await readLines(bytes, intake);
    return;
  }
  const items = jsonItems(await whole(bytes));
  if (kind === 'json') await addAll(items.map(readValue), intake);
  else if (kind === 'event-batch')
    await addAll(
      items.map((text) => () => readEvent(text)),
      intake,
    );
  else await addAll([() => readEvent(onlyOne(items), kind === 'event-binary' ? headers : undefined)], intake);
}

async function readLines(bytes: AsyncIterable<Buffer>, intake: Intake): Promise<void> {
  const lines = new TextLines();
  for await (const chunk of bytes) await addLines(lines.push(chunk), intake);
  await addLines(lines.end(), intake);
}

async function addLines(lines: readonly Line[], intake: Intake): Promise<void> {
  for (const line of lines)
    intake.add('text' in line ? readPrediction(line.text) : { pointer: '', reason: line.reason });
  intake.send();
  await intake.room();
}

/** Parses at once and validates later: all items must be JSON before the first is taken in. */
function readValue(text: ItemText): () => ReadItem {
  if (typeof text !== 'string') return () => text;
  const value = parseJson(text);
  if (isNotJson(value)) refuse('malformed', `the body ${value.notJson}`);
  return () => checkPrediction(value, text);
}

function readEvent(text: ItemText, headers?: IncomingHttpHeaders): ReadItem {
  if (typeof text !== 'string') return text;
  return headers === undefined ? readStructuredEvent(text) : readBinaryEvent(headers, text);
}

async function addAll(items: readonly (() => ReadItem)[], intake: Intake): Promise<void> {
  for (let start = 0; start < items.length; start += itemsAtOnce) {
    if (start > 0) await othersTurn();
    for (const read of items.slice(start, start + itemsAtOnce)) intake.add(read());
    intake.send();
    await intake.room();
  }
}

function onlyOne(items: readonly ItemText[]): ItemText {
  const [item] = items;
  if (item === undefined || items.length > 1) refuse('malformed', 'an event holds one prediction');
  return item;
}

async function whole(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
