import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from '@watchfloor/contracts';

/** How predictions lie in a body. */
export const bodyKinds = ['json', 'ndjson', 'event-binary', 'event-structured', 'event-batch'] as const;
export type BodyKind = (typeof bodyKinds)[number];

const kindOfType: Readonly<Record<string, BodyKind>> = {
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/x-jsonlines': 'ndjson',
  'application/cloudevents+json': 'event-structured',
  'application/cloudevents-batch+json': 'event-batch',
};

const wanted = 'send application/json, application/x-ndjson or CloudEvents, in UTF-8';

/** Reads the kind of a body from its headers; what is named otherwise, or in another character set, is refused. */
export function bodyKindOf(headers: IncomingHttpHeaders): BodyKind | Refusal {
  const [type = '', ...parameters] = (headers['content-type'] ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const kind = Object.hasOwn(kindOfType, type) ? kindOfType[type] : undefined;
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  const isUtf8 = charset === undefined || /^"?utf-?8"?$/.test(charset);
  const isBinaryEvent =
    headers['ce-specversion'] !== undefined && kind !== 'event-structured' && kind !== 'event-batch';
  if (kind === undefined || !isUtf8 || (isBinaryEvent && kind !== 'json')) {
    const given = type === '' ? 'the content type is missing' : `${headers['content-type'] ?? ''} is not taken here`;
    return { refused: 'unsupported-content', because: `${given}; ${wanted}` };
  }
  return isBinaryEvent ? 'event-binary' : kind;
}
