import { describe, expect, it } from '@jest/globals';
import { ingestLimits } from '@watchfloor/contracts';
import fc from 'fast-check';
import { jsonItems } from './json-items.ts';

const items = (text: string) => jsonItems(Buffer.from(text));

describe('items of a JSON body', () => {
  it('are what parsing the whole list would give', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 5 })), fc.constantFrom(undefined, 0, 2), (list, indent) => {
        const text = JSON.stringify(list, undefined, indent);
        expect(items(text).map((item) => JSON.parse(item as string) as unknown)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('of any text make up what parsing accepts, and nothing else', () => {
    const scrap = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      '\\',
      ':',
      '1',
      'true',
      ' ',
      '"a"',
      '{"a":[1]}',
      '[[]]',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 12 }), (scraps) => {
        const text = `[${scraps.join('')}`;
        const whole = attempt(() => JSON.parse(text) as unknown[]);
        const parts = attempt(() => items(text).map((item) => JSON.parse(item as string) as unknown));
        expect(parts).toEqual(whole);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of an object are the object', () => {
    expect(items(' {"a":[1]}')).toEqual([' {"a":[1]}']);
  });

  it.each([
    ['', 'the body is empty'],
    [' \n', 'the body is empty'],
    ['"text"', 'the body is neither'],
    ['NaN', 'the body is neither'],
    ['[{"a":1}', 'the body is not JSON'],
    ['[1] 2', 'the body is not JSON'],
  ])('are refused in %j', (text, reason) => {
    expect(() => items(text)).toThrow(reason);
  });

  it('are refused in other encodings, by name where a mark tells it', () => {
    expect(() => jsonItems(Buffer.from('\ufeff[]', 'utf16le'))).toThrow('the body is UTF-16; send UTF-8');
    expect(() => jsonItems(Buffer.from([0x5b, 0x22, 0xe5, 0x22, 0x5d]))).toThrow('the body is not UTF-8');
    expect(jsonItems(Buffer.from('\ufeff[1]'))).toEqual(['1']);
  });

  it('that are too deep or too large are named, and their neighbours stay', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const large = `"${'x'.repeat(ingestLimits.itemBytes)}"`;
    expect(items(`[1,${deep},2,${large},3]`)).toEqual([
      '1',
      { pointer: '', reason: `is nested deeper than ${ingestLimits.depth} levels` },
      '2',
      { pointer: '', reason: `is larger than ${ingestLimits.itemBytes} bytes` },
      '3',
    ]);
  });

  it('are refused together when they are too many', () => {
    expect(items(`[${'1,'.repeat(ingestLimits.items - 1)}1]`)).toHaveLength(ingestLimits.items);
    expect(() => items(`[${'1,'.repeat(ingestLimits.items)}1]`)).toThrow('more than 10000 items');
  });
});

function attempt<Result>(work: () => Result): Result | 'refused' {
  try {
    return work();
  } catch {
    return 'refused';
  }
}
