import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { isFault } from './check-item.ts';
import type { ItemFault } from './item-limits.ts';
import { overLimit } from './item-limits.ts';
import { isNotJson, parseJson } from './parse-json.ts';
import type { ReadItem } from './read-prediction.ts';
import { checkPrediction } from './read-prediction.ts';

/** What an event says about itself, as far as it matters here. */
interface Attributes {
  readonly id: string;
  readonly time: string | undefined;
}

const prefix = 'ce-';
const needed = ['specversion', 'id', 'source', 'type'] as const;
const version = '1.0';
const jsonType = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** Reads an event in structured mode: one JSON object that holds attributes and data. Never throws. */
export function readStructuredEvent(text: string): ReadItem {
  const event = parseJson(text);
  if (isNotJson(event)) return { pointer: '', reason: event.notJson };
  // Before anything else walks over it; the data counts its own levels from here.
  const fault = overLimit(event, 0);
  if (fault !== undefined) return fault;
  if (!isObject(event)) return { pointer: '', reason: 'is not a CloudEvent: not an object' };
  const attributes = attributesOf(event);
  if ('reason' in attributes) return attributes;
  const data = dataOf(event);
  return 'reason' in data ? data : predictionOf(data.data, attributes, data.pointer);
}

/**
 * Reads an event in binary mode: attributes in the headers, percent-encoded, and the data as the body.
 *
 * @returns a fault, with a pointer to `/ce-NAME`, when the headers are not those of an event
 */
export function readBinaryEvent(headers: IncomingHttpHeaders, text: string): ReadItem {
  const given = Object.entries(headers)
    .filter(([name, value]) => name.startsWith(prefix) && typeof value === 'string')
    .map(([name, value]) => [name.slice(prefix.length), percentDecoded(value as string)]);
  const attributes = attributesOf(Object.fromEntries(given) as Record<string, unknown>);
  if ('reason' in attributes) return { ...attributes, pointer: attributes.pointer.replace('/', `/${prefix}`) };
  const data = parseJson(text);
  return isNotJson(data) ? { pointer: '', reason: data.notJson } : predictionOf(data, attributes, '');
}

/** An event names its prediction and its moment itself; what the data says wins. */
function predictionOf(data: unknown, { id, time }: Attributes, pointer: string): ReadItem {
  if (!isObject(data)) return { pointer, reason: 'is not a prediction: not an object' };
  const fault = overLimit(data);
  if (fault !== undefined) return { ...fault, pointer: `${pointer}${fault.pointer}` };
  const value = { ...data, id: data.id ?? id, ...(time !== undefined && data.at === undefined && { at: time }) };
  const item = checkPrediction(value, JSON.stringify(value));
  return isFault(item) ? { ...item, pointer: `${pointer}${item.pointer}` } : item;
}

function attributesOf(event: Readonly<Record<string, unknown>>): Attributes | ItemFault {
  const missing = needed.find((name) => typeof event[name] !== 'string' || event[name] === '');
  if (missing !== undefined) return { pointer: `/${missing}`, reason: 'a CloudEvent needs this attribute as text' };
  if (event.specversion !== version)
    return { pointer: '/specversion', reason: `only CloudEvents ${version} are taken` };
  const { id, time } = event;
  if (time !== undefined && time !== null && typeof time !== 'string')
    return { pointer: '/time', reason: 'is not text' };
  return { id: id as string, time: time ?? undefined };
}

function dataOf(event: Readonly<Record<string, unknown>>): { data: unknown; pointer: string } | ItemFault {
  const { datacontenttype: type, data_base64: base64 } = event;
  if (type !== undefined && type !== null && (typeof type !== 'string' || !jsonType.test(type))) {
    return { pointer: '/datacontenttype', reason: 'the data must be application/json' };
  }
  if (base64 === undefined) {
    return event.data === undefined
      ? { pointer: '/data', reason: 'is missing' }
      : { data: event.data, pointer: '/data' };
  }
  const pointer = '/data_base64';
  if (typeof base64 !== 'string') return { pointer, reason: 'is not text' };
  const bytes = Buffer.from(base64, 'base64');
  if (!isUtf8(bytes)) return { pointer, reason: 'does not hold UTF-8' };
  const data = parseJson(bytes.toString('utf8'));
  return isNotJson(data) ? { pointer, reason: data.notJson } : { data, pointer };
}

/** Decoded once, as the HTTP binding of CloudEvents has it; some SDKs do not encode, so that a lone `%` stays. */
function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
