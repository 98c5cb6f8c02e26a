import type { IncomingHttpHeaders } from 'node:http';
import type { BodyKind } from './body-kind.ts';
import { readBinaryEvent, readStructuredEvent } from './cloud-event.ts';
import type { ItemText } from './json-items.ts';
import { jsonItem, jsonItems } from './json-items.ts';
import type { Bytes, ItemSink } from './read-items.ts';
import { addAll, readJson, readLines, whole } from './read-items.ts';
import type { ReadItem, TextedPrediction } from './read-prediction.ts';
import { checkPrediction } from './read-prediction.ts';

/** A body, and how it is to be read. */
export interface Body extends Bytes {
  readonly kind: BodyKind;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Reads a body of predictions. Lines go on while the rest is still coming; other kinds are read to their end first, so that a
 * list that is not JSON is refused as a whole.
 *
 * @throws Refused for a body that is wrong as a whole
 */
export async function readBody(body: Body, sink: ItemSink<TextedPrediction>): Promise<void> {
  const { kind, headers, bytes } = body;
  switch (kind) {
    case 'ndjson':
      return readLines(body, checkPrediction, sink);
    case 'json':
      return readJson(bytes, checkPrediction, sink);
    case 'event-batch':
      return addAll(eventsOf(await whole(bytes)), sink);
    case 'event-structured':
    case 'event-binary': {
      const text = jsonItem(await whole(bytes));
      return addAll([() => readEvent(text, kind === 'event-binary' ? headers : undefined)], sink);
    }
  }
}

function eventsOf(body: Buffer): (() => ReadItem)[] {
  return jsonItems(body).map((text) => () => readEvent(text));
}

function readEvent(text: ItemText, headers?: IncomingHttpHeaders): ReadItem {
  if (typeof text !== 'string') return text;
  return headers === undefined ? readStructuredEvent(text) : readBinaryEvent(headers, text);
}
