import { isUtf8 } from 'node:buffer';
import { ingestLimits } from '@watchfloor/contracts';
import { refuse } from '../../platform/http/refused.ts';
import type { ItemFault } from './item-limits.ts';

/** The text of one item of a JSON body, or why it was not even read. */
export type ItemText = string | ItemFault;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openings: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closings: ReadonlySet<number> = new Set([0x5d, 0x7d]);
const openList = 0x5b;
const closeList = 0x5d;

/**
 * Takes a JSON body apart without parsing it as a whole, which hostile nesting would make costly: a list into its items, an
 * object as the one item.
 *
 * @throws Refused when the body is empty, not UTF-8, neither list nor object, a list without its end, or has too many items
 */
export function jsonItems(body: Buffer): ItemText[] {
  const { bytes, start } = begin(body);
  return bytes[start] === openList ? listItems(bytes, start) : [objectItem(bytes)];
}

/**
 * Takes a JSON body that is one object.
 *
 * @throws Refused when the body is empty, not UTF-8, or no object
 */
export function jsonItem(body: Buffer): ItemText {
  const { bytes, start } = begin(body);
  if (bytes[start] === openList) refuse('malformed', 'the body is a list where one JSON object is wanted');
  return objectItem(bytes);
}

function objectItem(bytes: Buffer): ItemText {
  return bytes.length > ingestLimits.itemBytes ? tooLarge : bytes.toString('utf8');
}

function begin(body: Buffer): { bytes: Buffer; start: number } {
  const bytes = unmarked(body);
  const start = afterSpace(bytes, 0);
  const first = bytes[start];
  if (first === undefined) refuse('malformed', 'the body is empty');
  if (!isUtf8(bytes)) refuse('malformed', 'the body is not UTF-8');
  if (!openings.has(first)) refuse('malformed', 'the body is neither a JSON object nor a list of them');
  return { bytes, start };
}

function listItems(bytes: Buffer, start: number): ItemText[] {
  const items: ItemText[] = [];
  let depth = 0;
  let deepest = 0;
  let from = start + 1;
  let isText = false;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) isText = false;
    } else if (byte === quote) {
      isText = true;
    } else if (openings.has(byte)) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (closings.has(byte)) {
      depth -= 1;
      if (depth > 0) continue;
      if (byte !== closeList || afterSpace(bytes, at + 1) < bytes.length) break;
      const isEmpty = items.length === 0 && afterSpace(bytes, from) >= at;
      if (!isEmpty) items.push(itemOf(bytes.subarray(from, at), deepest - 1));
      return withinCount(items);
    } else if (byte === comma && depth === 1) {
      items.push(itemOf(bytes.subarray(from, at), deepest - 1));
      deepest = depth;
      from = at + 1;
      withinCount(items);
    }
  }
  return refuse('malformed', 'the body is not JSON: its list does not end where the body ends');
}

function itemOf(bytes: Buffer, depth: number): ItemText {
  if (bytes.length > ingestLimits.itemBytes) return tooLarge;
  if (depth > ingestLimits.depth) return { pointer: '', reason: `is nested deeper than ${ingestLimits.depth} levels` };
  return bytes.toString('utf8');
}

function withinCount(items: ItemText[]): ItemText[] {
  if (items.length > ingestLimits.items) refuse('too-large', `the body has more than ${ingestLimits.items} items`);
  return items;
}

/** Without its UTF-8 byte order mark; with another one it is refused. */
function unmarked(body: Buffer): Buffer {
  const [first, second, third] = body;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    refuse('malformed', 'the body is UTF-16; send UTF-8');
  }
  return first === 0xef && second === 0xbb && third === 0xbf ? body.subarray(3) : body;
}

function afterSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && isSpace(bytes[at])) at += 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

const tooLarge: ItemFault = { pointer: '', reason: `is larger than ${ingestLimits.itemBytes} bytes` };
