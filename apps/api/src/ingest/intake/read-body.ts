import type { IncomingHttpHeaders } from 'node:http';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { refuse } from '../../platform/http/refused.ts';
import type { BodyKind } from './body-kind.ts';
import { readBinaryEvent, readStructuredEvent } from './cloud-event.ts';
import type { Intake } from './intake.ts';
import type { ItemText } from './json-items.ts';
import { jsonItem, jsonItems } from './json-items.ts';
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
  /** Whether all of it has arrived; false where that is not known yet. */
  readonly hasArrived: () => boolean;
}

/**
 * Reads a body into an intake. Lines go on while the rest is still coming; other kinds are read to their end first, so that a
 * list that is not JSON is refused as a whole.
 *
 * @throws Refused for a body that is wrong as a whole
 */
export async function readBody(body: Body, intake: Intake): Promise<void> {
  const { kind, headers } = body;
  if (kind === 'ndjson') {
    await readLines(body, intake);
    return;
  }
  const bytes = await whole(body.bytes);
  if (kind === 'json') await addAll(jsonItems(bytes).map(readValue), intake);
  else if (kind === 'event-batch')
    await addAll(
      jsonItems(bytes).map((text) => () => readEvent(text)),
      intake,
    );
  else await addAll([() => readEvent(jsonItem(bytes), kind === 'event-binary' ? headers : undefined)], intake);
}

async function readLines({ bytes, hasArrived }: Body, intake: Intake): Promise<void> {
  const lines = new TextLines();
  for await (const chunk of bytes) {
    addLines(lines.push(chunk), intake);
    // The last line has no newline perhaps: it shall not need a transaction of its own.
    if (!hasArrived()) await send(intake);
  }
  addLines(lines.end(), intake);
  await send(intake);
}

function addLines(lines: readonly Line[], intake: Intake): void {
  for (const line of lines)
    intake.add('text' in line ? readPrediction(line.text) : { pointer: '', reason: line.reason });
}

async function send(intake: Intake): Promise<void> {
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
    await send(intake);
  }
}

async function whole(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
