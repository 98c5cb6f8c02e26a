import { describe, expect, it } from '@jest/globals';
import { ingestLimits } from '@watchfloor/contracts';
import fc from 'fast-check';
import type { Line } from './text-lines.ts';
import { TextLines } from './text-lines.ts';

/** Pushes a body in pieces of these sizes, the last one repeated. */
function linesOf(body: Buffer, sizes: readonly number[] = [body.length]): Line[] {
  const lines = new TextLines();
  const found: Line[] = [];
  for (let at = 0, piece = 0; at < body.length; piece += 1) {
    const size = Math.max(1, sizes[Math.min(piece, sizes.length - 1)] ?? 1);
    found.push(...lines.push(body.subarray(at, at + size)));
    at += size;
  }
  return [...found, ...lines.end()];
}

const texts = (lines: readonly Line[]) => lines.map((line) => ('text' in line ? line.text : line.reason));

describe('lines of a body', () => {
  it('are the same however the bytes arrive', () => {
    const body = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
          fc.constant(Buffer.from('\n')),
        ),
      )
      .map((parts) => Buffer.concat(parts));
    fc.assert(
      fc.property(body, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (bytes, sizes) => {
        expect(linesOf(bytes, sizes)).toEqual(linesOf(bytes));
      }),
    );
  });

  it('are the lines of the text, without blank ones', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (some) => {
        const plain = some.map((text) => text.replaceAll('\n', ''));
        const lines = texts(linesOf(Buffer.from(plain.join('\n'))));
        expect(lines).toEqual(
          plain.map((text, at) => (at === 0 ? text.replace(/^\ufeff/, '') : text)).filter((text) => text.trim() !== ''),
        );
      }),
    );
  });

  it('lose none to a neighbour that is not UTF-8', () => {
    const body = Buffer.concat([Buffer.from('{"a":1}\n'), Buffer.from([0x22, 0xff, 0x22]), Buffer.from('\n{"b":2}\n')]);
    expect(texts(linesOf(body))).toEqual(['{"a":1}', 'is not UTF-8', '{"b":2}']);
  });

  it('begin after a byte order mark', () => {
    expect(texts(linesOf(Buffer.from('\ufeff{"a":1}\r\n{"b":2}'), [2, 3, 1]))).toEqual(['{"a":1}\r', '{"b":2}']);
  });

  it('are not held beyond the limit of an item, and the next one is whole', () => {
    const long = 'x'.repeat(ingestLimits.itemBytes + 1);
    const body = Buffer.from(`first\n${long}\nlast\n${long}`);
    const reason = `is larger than ${ingestLimits.itemBytes} bytes`;
    for (const sizes of [[body.length], [65_536], [6, 1_000]]) {
      expect(texts(linesOf(body, sizes))).toEqual(['first', reason, 'last', reason]);
    }
  });

  it('count bytes, not characters', () => {
    const wide = '界'.repeat(ingestLimits.itemBytes / 3 + 1);
    expect(texts(linesOf(Buffer.from(`${wide}\nlast`)))).toEqual([
      `is larger than ${ingestLimits.itemBytes} bytes`,
      'last',
    ]);
  });
});
