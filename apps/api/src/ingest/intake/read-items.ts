import { setImmediate as othersTurn } from 'node:timers/promises';
import { ingestLimits } from '@watchfloor/contracts';
import { refuse } from '../../platform/http/refused.ts';
import type { CheckItem } from './check-item.ts';
import { itemOf } from './check-item.ts';
import type { ItemFault } from './item-limits.ts';
import type { ItemText } from './json-items.ts';
import { jsonItems } from './json-items.ts';
import { isNotJson, parseJson } from './parse-json.ts';
import type { Line } from './text-lines.ts';
import { TextLines } from './text-lines.ts';

/** So many items are read before others get their turn. */
const itemsAtOnce = 500;

/** Where the items of a body go, in their order. */
export interface ItemSink<Item> {
  /** Takes the next item, or what is wrong with it. @throws Refused for one too many */
  add(item: Item | ItemFault): void;
  /** Between two stretches of items: passes on what was added, and waits until there is room for more. */
  pass(): Promise<void>;
}

/** The bytes of a body as they come. */
export interface Bytes {
  readonly bytes: AsyncIterable<Buffer>;
  /** Whether all of it has arrived; false where that is not known yet. */
  readonly hasArrived: () => boolean;
}

/** Refuses a body with more items than one request may have. */
export function expectFewer(count: number): void {
  if (count > ingestLimits.items) {
    refuse('too-large', `the body has more than ${ingestLimits.items} items; send several smaller ones`);
  }
}

/**
 * Reads an object, or a list of them. All of it must be JSON before the first item is taken in.
 *
 * @throws Refused for a body that is wrong as a whole
 */
export async function readJson<Item>(
  bytes: AsyncIterable<Buffer>,
  check: CheckItem<Item>,
  sink: ItemSink<Item>,
): Promise<void> {
  const items = jsonItems(await whole(bytes)).map((text) => parsed(text, check));
  await addAll(items, sink);
}

/** Parses at once and checks later. */
function parsed<Item>(text: ItemText, check: CheckItem<Item>): () => Item | ItemFault {
  if (typeof text !== 'string') return () => text;
  const value = parseJson(text);
  if (isNotJson(value)) refuse('malformed', `the body ${value.notJson}`);
  return () => check(value, text);
}

/** Reads lines of JSON, each by itself, while the rest is still coming. */
export async function readLines<Item>(
  { bytes, hasArrived }: Bytes,
  check: CheckItem<Item>,
  sink: ItemSink<Item>,
): Promise<void> {
  const lines = new TextLines();
  for await (const chunk of bytes) {
    addLines(lines.push(chunk), check, sink);
    // The last line has no newline perhaps: it shall not need a transaction of its own.
    if (!hasArrived()) await sink.pass();
  }
  addLines(lines.end(), check, sink);
  await sink.pass();
}

function addLines<Item>(lines: readonly Line[], check: CheckItem<Item>, sink: ItemSink<Item>): void {
  for (const line of lines) sink.add('text' in line ? itemOf(line.text, check) : { pointer: '', reason: line.reason });
}

/** Takes items in, stretch by stretch, so that a large body does not keep others waiting. */
export async function addAll<Item>(items: readonly (() => Item | ItemFault)[], sink: ItemSink<Item>): Promise<void> {
  for (let start = 0; start < items.length; start += itemsAtOnce) {
    if (start > 0) await othersTurn();
    for (const read of items.slice(start, start + itemsAtOnce)) sink.add(read());
    await sink.pass();
  }
}

export async function whole(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
