import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { ingestLimits } from '@watchfloor/contracts';
import type { OddBody } from './odd-body.ts';
import { between, brokenText, good, json, lines, named, oddId, structured } from './odd-body.ts';
import { oddTexts } from './odd-texts.ts';

const brokenTexts: Record<string, string> = {
  'a cut object': '{"stream":"malformed","id":"x"',
  'single quotes': "{'stream':'malformed'}",
  'a bare key': '{stream:"malformed"}',
  'a trailing comma': '{"stream":"malformed",}',
  'a comment': '{"stream":"malformed"/* no */}',
  NaN: '{"stream":"malformed","id":"x","label":"a","confidence":NaN}',
  Infinity: '{"stream":"malformed","id":"x","label":"a","confidence":Infinity}',
  'a plus sign': '{"stream":"malformed","id":"x","value":+1}',
  'a leading zero': '{"stream":"malformed","id":"x","value":01}',
  'a hex number': '{"stream":"malformed","id":"x","value":0x10}',
  'a lone point': '{"stream":"malformed","id":"x","value":.5}',
  undefined: '{"stream":"malformed","id":"x","value":undefined}',
  'a raw control character': '{"stream":"malformed","id":"x\u0001","label":"a"}',
  'a raw tab in text': '{"stream":"malformed","id":"a\tb","label":"a"}',
  'a bad escape': '{"stream":"malformed","id":"\\x41","label":"a"}',
  'a cut escape': '{"stream":"malformed","id":"\\u12","label":"a"}',
  'an open text': '{"stream":"malformed","id":"x',
  'two objects': '{"stream":"malformed"} {"stream":"malformed"}',
  'mismatched brackets': '{"stream":["malformed"}',
  'a colon too many': '{"stream"::"malformed"}',
  words: 'hello',
  markup: '<prediction/>',
  'a form': 'stream=malformed&id=x',
  'a python repr': "{'stream': 'malformed', 'ok': True}",
};

const reservedKey = (where: string) =>
  JSON.stringify(good({ [where]: { KEY: where === 'segments' ? 'a' : 1 } })).replace('KEY', '__proto__');

const longText = 'x'.repeat(ingestLimits.textLength + 1);
const manyKeys = Object.fromEntries(Array.from({ length: ingestLimits.keys + 1 }, (_, at) => [`k${at}`, 0]));
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const withInput = (input: string): string =>
  JSON.stringify({ ...good(), id: oddId(), input: 0 }).replace('"input":0', `"input":${input}`);
const odd = (given: object): string => JSON.stringify({ ...good(), id: oddId(), ...given });

/** Items that are JSON, and no prediction: what is said to be wrong with them, and the item. */
const oddItems: readonly (readonly [name: string, pointer: string, item: string])[] = [
  ...['null', 'true', '1', '"text"', '[]', '[[]]'].map((item) => [`${item} for an item`, '', item] as const),
  ['an empty object', '/stream', '{}'],
  ...[
    null,
    1,
    true,
    '',
    ' ',
    'with space',
    'a/b',
    'å',
    '-dash',
    'x'.repeat(65),
    'a\u0000b',
    {},
    ['toxicity'],
    '../etc',
  ].map((stream) => [`stream ${show(stream)}`, '/stream', odd({ stream })] as const),
  ...[null, 1, true, '', 'x'.repeat(201), 'a\nb', 'a\u0000', '\u007f', {}, []].map(
    (bad) => [`id ${show(bad)}`, '/id', odd({ id: bad })] as const,
  ),
  ['an id with a lone surrogate', '/id', odd({}).replace(/"odd-\d+"/, '"\\ud800"')],
  ...[null, 1, '', 'x'.repeat(201), 'a\u0007', {}, ['a']].map(
    (label) => [`label ${show(label)}`, '/label', odd({ label })] as const,
  ),
  ['a label with a lone surrogate', '/label', odd({}).replace('"fine"', '"\\udc00"')],
  ['neither label nor value', '/label', odd({ label: undefined })],
  ...[null, '0.5', true, [], {}].map(
    (confidence) => [`confidence ${show(confidence)}`, '/confidence', odd({ confidence })] as const,
  ),
  [
    'a confidence beyond numbers',
    '/confidence',
    odd({ confidence: 7 })
      .replace('7', '1e999')
      .replace(/odd-1e999/, 'odd-7'),
  ],
  ...[null, '1', [1], {}].map((value) => [`value ${show(value)}`, '/value', odd({ value })] as const),
  ['a value beyond numbers', '/value', odd({ value: 'BIG' }).replace('"BIG"', '-1e400')],
  ...[
    'yesterday',
    '2026-11-22',
    '2026-11-22T06:00:00',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    1_700_000_000,
    null,
  ].map((at) => [`at ${show(at)}`, '/at', odd({ at })] as const),
  ...['toxic-bert', null, {}, { name: '' }, { name: 1 }, { name: 'a', version: 2 }, { name: 'a', size: 1 }].map(
    (model) => [`model ${show(model)}`, '/model', odd({ model })] as const,
  ),
  ...[null, [0.5], 'a', { fine: '0.9' }, { fine: null }, { '': 0.5 }, { 'a\u0000': 1 }].map(
    (scores) => [`scores ${show(scores)}`, '/scores', odd({ scores })] as const,
  ),
  ['too many scores', '/scores', odd({ scores: manyKeys })],
  ...[null, [], { a: [] }, { a: {} }, { a: 'x'.repeat(10_001) }].map(
    (features) => [`features ${show(features)}`, '/features', odd({ features })] as const,
  ),
  ['too many features', '/features', odd({ features: manyKeys })],
  ...[
    { a: 1 },
    { a: null },
    { a: '' },
    [],
    Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`s${at}`, 'a'])),
  ].map((segments) => [`segments ${show(segments)}`, '/segments', odd({ segments })] as const),
  ...[[1], [1, 2, 3], ['1', '2'], 1, null, [1, null]].map(
    (interval) => [`interval ${show(interval)}`, '/interval', odd({ interval })] as const,
  ),
  ...[-1, '1', null].map((latencyMs) => [`latencyMs ${show(latencyMs)}`, '/latencyMs', odd({ latencyMs })] as const),
  ...[1, '', 'x'.repeat(201)].map(
    (subjectId) => [`subjectId ${show(subjectId)}`, '/subjectId', odd({ subjectId })] as const,
  ),
  ['an unknown field', '/labl', odd({ labl: 'toxic' })],
  ['an unknown field with an odd name', '/a~1b~0c', odd({ 'a/b~c': 1 })],
  ...['scores', 'features', 'segments', 'input'].map(
    (where) => [`a reserved key in ${where}`, `/${where}/__proto__`, reservedKey(where)] as const,
  ),
  ['a reserved key as a field', '/__proto__', odd({}).replace('{', '{"__proto__":{"isAdmin":true},')],
  ['a reserved key deep in the input', '/input/a/0/__proto__', withInput('{"a":[{"__proto__":1}]}')],
  ['a constructor among the features', '/features', odd({ features: { constructor: 1 } })],
  ['a prototype among the scores', '/scores', odd({ scores: { prototype: 1 } })],
  ['deep input', '', withInput(nested(ingestLimits.depth + 1))],
  ['very deep input', '', withInput(nested(60_000))],
  ['long text', '/input', withInput(JSON.stringify(longText))],
  ['too many keys', '/input', withInput(JSON.stringify(manyKeys))],
  ['a number beyond numbers in the input', '/input', withInput('{"a":[1e999]}')],
  ['an item of more than 256 KiB', '', withInput(JSON.stringify(Array(5).fill('x'.repeat(60_000))))],
];

function show(value: unknown): string {
  return JSON.stringify(value).slice(0, 40);
}

const goodList = (...items: object[]) => Buffer.from(JSON.stringify(items));
function sizes(): OddBody[] {
  const zeros = Buffer.alloc(ingestLimits.bodyBytes + 1, ' ');
  const many = Array.from({ length: ingestLimits.items + 1 }, () => '1').join(',');
  return [
    named('a body too large', json, zeros, 413),
    named('lines too large together', lines, zeros, 413),
    named('a gzip bomb', { ...json, 'content-encoding': 'gzip' }, gzipSync(zeros), 413),
    named('a gzip bomb of lines', { ...lines, 'content-encoding': 'gzip' }, gzipSync(zeros), 413),
    named('a deflate bomb', { ...json, 'content-encoding': 'deflate' }, deflateSync(zeros), 413),
    named('a brotli bomb', { ...json, 'content-encoding': 'br' }, brotliCompressSync(zeros), 413),
    named(
      'a bomb in a bomb',
      { ...json, 'content-encoding': 'gzip' },
      gzipSync(gzipSync(Buffer.alloc(200_000_000))),
      400,
    ),
    named('too many items', json, `[${many}]`, 413),
    named('too many lines', lines, many.replaceAll(',', '\n'), 413),
    named('a list of millions of levels', json, nested(3_000_000), 422),
    named('millions of open brackets', json, '['.repeat(3_000_000), 400),
    named('millions of open objects', json, '{"a":'.repeat(1_000_000), 422),
    named('one endless line', lines, 'x'.repeat(5_000_000), 422),
    named('millions of commas', json, `[${','.repeat(1_000_000)}]`, 413),
    named('millions of quotes', json, `[${'"'.repeat(1_000_000)}]`, 422),
    named('millions of backslashes', json, `["${'\\'.repeat(1_000_000)}"]`, 422),
  ];
}

function types(): OddBody[] {
  const text = JSON.stringify(good());
  const other = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'constructor',
    ';',
    'application/octet-stream',
    'text/csv',
  ];
  return [
    ...other.map((type) => named(`the type ${type}`, { 'content-type': type }, text, 415)),
    named('no body', json, '', 400),
    named('blanks', json, ' \r\n\t ', 400),
    named('no lines', lines, '', 200),
    named('blank lines', lines, '\n\r\n \n', 200),
    named('an empty list', json, '[]', 200),
  ];
}

function events(): OddBody[] {
  const event = (given: object = {}) => ({
    specversion: '1.0',
    id: 'e',
    source: '/models',
    type: 'prediction',
    data: { ...good(), id: oddId() },
    ...given,
  });
  const binary = { ...json, 'ce-specversion': '1.0', 'ce-id': 'e', 'ce-source': '/models', 'ce-type': 'prediction' };
  const wrong: readonly (readonly [name: string, pointer: string, event: unknown])[] = [
    ['no version', '/specversion', event({ specversion: undefined })],
    ['another version', '/specversion', event({ specversion: '0.3' })],
    ['a version that is no text', '/specversion', event({ specversion: 1 })],
    ['no id', '/id', event({ id: undefined })],
    ['an empty source', '/source', event({ source: '' })],
    ['no type', '/type', event({ type: null })],
    ['no data', '/data', event({ data: undefined })],
    ['data that is null', '/data', event({ data: null })],
    ['data that is a list', '/data', event({ data: [good()] })],
    ['data that is text', '/data', event({ data: 'text' })],
    ['data of another type', '/datacontenttype', event({ datacontenttype: 'text/xml' })],
    ['a type of data that is none', '/datacontenttype', event({ datacontenttype: 7 })],
    ['a wrong prediction', '/data/label', event({ data: good({ label: 7 }) })],
    ['a deep prediction', '', event({ data: { ...good(), input: JSON.parse(nested(ingestLimits.depth + 1)) as [] } })],
    ['base64 that is none', '/data_base64', event({ data: undefined, data_base64: '%%%' })],
    ['base64 that is no text', '/data_base64', event({ data: undefined, data_base64: 7 })],
    ['base64 of no UTF-8', '/data_base64', event({ data: undefined, data_base64: '//79' })],
    [
      'base64 of no prediction',
      '/data_base64',
      event({ data: undefined, data_base64: Buffer.from('[]').toString('base64') }),
    ],
    ['a time that is no text', '/time', event({ time: 7 })],
    ['a time that is none', '/data/at', event({ time: 'soon' })],
    ['a list', '', [event()]],
    ['a number', '', 7],
  ];
  return [
    ...wrong.map(([name, pointer, body]) => ({
      ...named(
        `an event with ${name}`,
        structured,
        JSON.stringify(body),
        Array.isArray(body) || typeof body === 'number' ? 400 : 422,
      ),
      pointer,
    })),
    ...wrong
      .filter(([name]) => name !== 'a list' && name !== 'a number')
      .map(([name, pointer, body]) => ({
        ...named(
          `a batch with an event with ${name}`,
          { 'content-type': 'application/cloudevents-batch+json' },
          JSON.stringify([body]),
          422,
        ),
        pointer,
      })),
    {
      ...named('a binary event without its source', { ...binary, 'ce-source': '' }, JSON.stringify(good()), 422),
      pointer: '/ce-source',
    },
    {
      ...named('a binary event of another version', { ...binary, 'ce-specversion': '2' }, JSON.stringify(good()), 422),
      pointer: '/ce-specversion',
    },
    named('a binary event of another type', { ...binary, 'content-type': 'text/xml' }, '<a/>', 415),
    named('a binary event of lines', { ...binary, ...lines }, JSON.stringify(good()), 415),
    named('a binary event of two', binary, `[${JSON.stringify(good())},${JSON.stringify(good())}]`, 400),
    named('a binary event of no JSON', binary, '{', 422),
  ];
}

/** Everything that we could think of. */
export function oddBodies(): OddBody[] {
  return [
    ...Object.entries(brokenTexts).flatMap(([name, text]) => brokenText(name, text)),
    ...oddItems.flatMap(([name, pointer, item]) => between(name, item, pointer)),
    ...sizes(),
    ...types(),
    ...events(),
    ...oddTexts(),
    { name: 'only odd items', headers: json, body: goodList({}, [], { a: 1 }), status: 422 },
  ];
}
