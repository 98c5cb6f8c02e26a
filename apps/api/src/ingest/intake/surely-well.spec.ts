import { describe, expect, it } from '@jest/globals';
import { predictionSchema } from '@watchfloor/contracts';
import fc from 'fast-check';
import { almostAPrediction, aPrediction } from '../../../../../test/builders/a-prediction.ts';
import { overLimit } from './item-limits.ts';
import { isSurelyPrediction } from './surely-well.ts';

describe('the quick look at an item', () => {
  it('never says yes where the schema or the limits say no, or would change anything', () => {
    let sure = 0;
    fc.assert(
      fc.property(almostAPrediction, (value) => {
        if (!isSurelyPrediction(value)) return;
        sure += 1;
        expect(overLimit(value)).toBeUndefined();
        expect(predictionSchema.parse(value)).toEqual(value);
      }),
      { numRuns: 5_000 },
    );
    expect(sure).toBeGreaterThan(100);
  });

  it.each([
    ['the smallest one', { stream: 's', id: '1', label: 'fine' }],
    ['a value', { stream: 's', id: '1', value: 0 }],
    [
      'a full one',
      aPrediction({
        scores: { fine: 0.97, toxic: 0.03 },
        features: { length: 3, language: 'sv', isNew: true, gap: null },
      }),
    ],
    [
      'one with its input',
      aPrediction({ input: { text: 'å\u2028\u0000 \ud800', imageUrl: 'data:image/png;base64,AA==' } }),
    ],
    [
      'one of the recorded kind',
      aPrediction({ at: '2026-11-22T06:00:00.000Z', model: { name: 'm', version: '1' }, interval: [1, 2] }),
    ],
  ])('is sure of %s', (_name, value) => {
    expect(isSurelyPrediction(value)).toBe(true);
  });

  it.each([
    ['an unknown field', { stream: 's', id: '1', label: 'fine', labl: 'x' }],
    ['neither label nor value', { stream: 's', id: '1' }],
    ['a list', []],
    ['a number beyond numbers', JSON.parse('{"stream":"s","id":"1","value":1e999}')],
    ['a number beyond numbers in the input', JSON.parse('{"stream":"s","id":"1","value":1,"input":[1e999]}')],
    ['a reserved key', JSON.parse('{"stream":"s","id":"1","value":1,"features":{"__proto__":1}}')],
    ['a reserved key in the input', JSON.parse('{"stream":"s","id":"1","value":1,"input":{"a":{"__proto__":1}}}')],
    ['a local time', aPrediction({ at: '2026-11-22T06:00:00+01:00' })],
    ['a day that is none', aPrediction({ at: '2026-02-30T06:00:00.000Z' })],
    ['deep input', aPrediction({ input: JSON.parse('['.repeat(32) + ']'.repeat(32)) as [] })],
  ])('leaves %s to the schema', (_name, value) => {
    expect(isSurelyPrediction(value)).toBe(false);
  });
});
