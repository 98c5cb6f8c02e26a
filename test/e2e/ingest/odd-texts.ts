import { gzipSync } from 'node:zlib';
import { ingestLimits } from '@watchfloor/contracts';
import type { OddBody } from './odd-body.ts';
import { between, brokenText, good, inBetween, json, lines, named, oddId, structured } from './odd-body.ts';

/** What other formats and languages take for JSON, and careless writers write. */
const foreign: Readonly<Record<string, string>> = {
  'a Python literal': '{"stream":"malformed","id":"x","value":None}',
  'a number with underscores': '{"stream":"malformed","id":"x","value":1_000}',
  'a number that ends in its point': '{"stream":"malformed","id":"x","value":1.}',
  'a number without its exponent': '{"stream":"malformed","id":"x","value":1e}',
  'two signs': '{"stream":"malformed","id":"x","value":--1}',
  'a binary number': '{"stream":"malformed","id":"x","value":0b1}',
  'a number of wide digits': '{"stream":"malformed","id":"x","value":１}',
  'curly quotes': '{“stream”:“malformed”}',
  'a call': 'callback({"stream":"malformed"})',
  'a guard against inclusion': ')]}\',{"stream":"malformed"}',
  'a comma after it': '{"stream":"malformed","id":"x","label":"a"},',
  YAML: 'stream: malformed',
  'an escape of braces': '{"stream":"malformed","id":"\\u{41}","label":"a"}',
  'a NUL behind it': '{"stream":"malformed","id":"x","label":"a"}\u0000',
  'a space that JSON does not know': '\u00a0{"stream":"malformed","id":"x","label":"a"}',
  'a record separator': '\u001e{"stream":"malformed","id":"x","label":"a"}',
  'a second byte order mark': '\ufeff\ufeff{"stream":"malformed","id":"x","label":"a"}',
};

const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
const withInput = (input: string): string =>
  JSON.stringify({ ...good(), id: oddId(), input: 0 }).replace('"input":0', `"input":${input}`);
const withFeatures = (features: object): string => JSON.stringify({ ...good(), id: oddId(), features });
const shortKeys = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [at.toString(36), 0]));

const oddItems: readonly (readonly [name: string, pointer: string, item: () => string])[] = [
  ['a hundred thousand levels of lists', '', () => withInput(nested('[', ']', 100_000))],
  ['forty thousand levels of objects', '', () => withInput(`${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`)],
  ['twenty thousand features', '/features', () => withFeatures(shortKeys)],
  ['twenty thousand keys in the input', '/input', () => withInput(JSON.stringify(shortKeys))],
  ['a key of a hundred thousand characters', '/features', () => withFeatures({ ['k'.repeat(100_000)]: 1 })],
  [
    'a field of a hundred thousand characters',
    '/',
    () => JSON.stringify({ ...good(), [`/~${'k'.repeat(100_000)}`]: 1 }),
  ],
  ['an empty key', '/features', () => withFeatures({ '': 1 })],
  ['a key with a control character', '/features', () => withFeatures({ 'a\u0000': 1 })],
  ['a key with half a character', '/features', () => withFeatures({ '\ud800': 1 })],
  [
    'a number of a hundred thousand digits',
    '/value',
    () => JSON.stringify({ ...good(), id: oddId(), value: 0 }).replace('"value":0', `"value":${'9'.repeat(100_000)}`),
  ],
  [
    'a repeated key whose last value is wrong',
    '/confidence',
    () => withRepeated('"confidence":0.5', '"confidence":"0.5"'),
  ],
  [
    'a repeated key whose last value is a prototype',
    '/features/__proto__',
    () => withRepeated('"features":{}', '"features":{"__proto__":{}}'),
  ],
];

function withRepeated(first: string, last: string): string {
  return JSON.stringify({ ...good(), id: oddId() }).replace('"confidence":0.9', `${first},${last}`);
}

/** In encodings of which no byte sequence may pass for UTF-8. */
function encoded(): OddBody[] {
  const text = JSON.stringify(good());
  const utf32 = (order: 'LE' | 'BE', content: string) => {
    const bytes = Buffer.alloc(content.length * 4);
    for (const [at, unit] of Array.from(content, (character) => character.codePointAt(0) ?? 0).entries())
      bytes[`writeUInt32${order}`](unit, at * 4);
    return bytes;
  };
  const inside = (...bytes: number[]) =>
    Buffer.concat([Buffer.from('{"stream":"malformed","id":"x","label":"'), Buffer.from(bytes), Buffer.from('"}')]);
  const line = (name: string, bytes: Buffer) =>
    inBetween(`${name}, as a line`, '', lines, ([before, after]) =>
      Buffer.concat([Buffer.from(`${before}\n`), bytes, Buffer.from(`\n${after}`)]),
    );
  const sequences: readonly (readonly [name: string, bytes: Buffer])[] = [
    ['a surrogate in CESU-8', inside(0xed, 0xa0, 0x80)],
    ['an overlong NUL', inside(0xc0, 0x80)],
    ['an overlong slash of three bytes', inside(0xe0, 0x80, 0xaf)],
    ['a character beyond the last one', inside(0xf4, 0x90, 0x80, 0x80)],
    ['a sequence of five bytes', inside(0xf8, 0x88, 0x80, 0x80, 0x80)],
    ['a continuation without its beginning', inside(0x80)],
    ['a cut sequence', inside(0xf0, 0x9f, 0x98)],
    ['EBCDIC', Buffer.from([0xc0, 0x7f, 0xa2, 0x7f, 0x7a, 0xf1, 0xd0])],
  ];
  return [
    ...(['LE', 'BE'] as const).flatMap((order) => [
      named(`UTF-32${order} with a mark`, json, utf32(order, `\ufeff${text}`), 400),
      named(`UTF-32${order} without a mark`, json, utf32(order, text), 400),
    ]),
    named('UTF-7', json, text.replaceAll('{', '+AHs-'), 400),
    ...sequences.flatMap(([name, bytes]) => [named(name, json, bytes, 400), line(name, bytes)]),
  ];
}

/** Bytes that are not what their headers say. */
function mislabelled(): OddBody[] {
  const text = JSON.stringify(good());
  const zipped = gzipSync(text);
  return [
    named('UTF-16 with a mark', json, Buffer.from(`\ufeff${text}`, 'utf16le'), 400),
    named('UTF-16 without a mark', json, Buffer.from(text, 'utf16le'), 400),
    named('UTF-16, the other way round', json, Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 400),
    named('UTF-16 as lines', lines, Buffer.from(`\ufeff${text}`, 'utf16le'), 422),
    named('Latin-1', json, Buffer.from(JSON.stringify(good({ label: 'å' })), 'latin1'), 400),
    named('a cut UTF-8 sequence', json, Buffer.concat([Buffer.from('{"stream":"'), Buffer.from([0xe2, 0x82])]), 400),
    named(
      'an overlong UTF-8 sequence',
      json,
      Buffer.concat([Buffer.from('{"stream":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
      400,
    ),
    named('random bytes', json, Buffer.from([0, 159, 146, 150, 255, 0, 1]), 400),
    named('another charset by name', { 'content-type': 'application/json; charset=iso-8859-1' }, text, 415),
    inBetween('a line of bytes that are no text', '', lines, ([before, after]) =>
      Buffer.concat([Buffer.from(`${before}\n`), Buffer.from([0xff, 0xfe, 0x00]), Buffer.from(`\n${after}`)]),
    ),
    named('a cut gzip', { ...json, 'content-encoding': 'gzip' }, zipped.subarray(0, zipped.length - 10), 400),
    named('no gzip at all', { ...json, 'content-encoding': 'gzip' }, text, 400),
    named(
      'a broken gzip',
      { ...json, 'content-encoding': 'gzip' },
      Buffer.concat([zipped.subarray(0, 12), Buffer.from('xxxx'), zipped.subarray(16)]),
      400,
    ),
    named('gzip twice', { ...json, 'content-encoding': 'gzip' }, gzipSync(zipped), 400),
    named('gzip without its name', json, zipped, 400),
    named('no deflate', { ...json, 'content-encoding': 'deflate' }, text, 400),
    named('no brotli', { ...json, 'content-encoding': 'br' }, text, 400),
    named('an unknown encoding', { ...json, 'content-encoding': 'zstd' }, text, 415),
    named('two encodings', { ...json, 'content-encoding': 'gzip, br' }, zipped, 415),
    named('an encoding named like a method', { ...json, 'content-encoding': 'constructor' }, text, 415),
  ];
}

function types(): OddBody[] {
  const text = JSON.stringify(good());
  const wrong = [
    'application/json/x',
    'application/json, text/plain',
    'text/json',
    'application/problem+json',
    'application/json; charset=utf-16',
    'application/json; charset="utf-32"',
    'application/x-ndjson; charset=latin1',
    'application/cloudevents',
    'application/cloudevents+xml',
    'application/cloudevents-batch+json; charset=utf-16',
    '__proto__',
    '*/*',
  ];
  return [
    named('no type at all', {}, text, 415),
    ...wrong.map((type) => named(`the type ${type}`, { 'content-type': type }, text, 415)),
  ];
}

function lineEnds(): OddBody[] {
  const three = (join: (items: string[]) => string, name: string): OddBody => {
    const items = [good(), good(), good()];
    const body = Buffer.from(join(items.map((item) => JSON.stringify(item))));
    return { name, headers: lines, body, status: 200, good: items.map((item) => item.id) };
  };
  return [
    three((items) => `${items.join('\r\n')}\r\n`, 'lines that end in CRLF'),
    three((items) => `\n\r\n  \n\t\r\n${items.join('\n\n \r\n')}\n\n`, 'lines with blank ones between'),
    three((items) => `\ufeff${items.join('\n')}`, 'lines behind a byte order mark'),
    three((items) => items.map((item) => ` \t${item}\t `).join('\n'), 'lines with blanks around'),
    inBetween('two items on one line', '', lines, ([before, after]) => `${before}\n{}{}\n${after}`),
    inBetween('a line that only a CR divides', '', lines, ([before, after]) => `${before}\n{}\r{}\n${after}`),
    inBetween('a list on a line', '', lines, ([before, after]) => `${before}\n[${JSON.stringify(good())}]\n${after}`),
    inBetween('a line too long', '', lines, ([before, after]) =>
      [before, 'x'.repeat(ingestLimits.itemBytes + 1), after].join('\n'),
    ),
  ];
}

function events(): OddBody[] {
  const attributes = '"specversion":"1.0","id":"e","source":"/m","type":"t"';
  const batch = { 'content-type': 'application/cloudevents-batch+json' };
  return [
    {
      ...named('an event in deep nesting', structured, `{${attributes},"data":${nested('[', ']', 100_000)}}`, 422),
      pointer: '',
    },
    {
      ...named('an event with a prototype', structured, `{${attributes},"__proto__":{"data":1},"data":{}}`, 422),
      pointer: '/__proto__',
    },
    { ...named('an event that is cut', structured, `{${attributes},"data":{`, 422), pointer: '' },
    named('a batch that is cut', batch, `[{${attributes},"data":{}},{`, 400),
    named('a batch of no list', batch, '"text"', 400),
    named('an empty batch', batch, '[]', 200),
  ];
}

/** More than the tables of single fields have: texts, encodings, line ends, types. */
export function oddTexts(): OddBody[] {
  return [
    ...Object.entries(foreign).flatMap(([name, text]) => brokenText(name, text)),
    ...oddItems.flatMap(([name, pointer, item]) => between(name, item(), pointer)),
    ...encoded(),
    ...mislabelled(),
    ...types(),
    ...lineEnds(),
    ...events(),
  ];
}
