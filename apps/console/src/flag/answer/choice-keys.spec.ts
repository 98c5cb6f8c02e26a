import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyedChoices } from './choice-keys.ts';

describe('the keys of the choices', () => {
  it('count from 1 in the order of the policy', () => {
    expect(keyedChoices(['fine', 'toxic'])).toEqual([
      { key: '1', label: 'fine' },
      { key: '2', label: 'toxic' },
    ]);
  });

  it('are the labels themselves where every label is a digit', () => {
    const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    expect(keyedChoices(digits)).toEqual(digits.map((label) => ({ key: label, label })));
    expect(keyedChoices(['7', '1'])).toEqual([
      { key: '7', label: '7' },
      { key: '1', label: '1' },
    ]);
  });

  it('are positions again as soon as one label is no digit', () => {
    expect(keyedChoices(['1', '2', 'unreadable']).map(({ key }) => key)).toEqual(['1', '2', '3']);
    expect(keyedChoices(['10', '20']).map(({ key }) => key)).toEqual(['1', '2']);
  });

  it('give the tenth the 0 and the eleventh none', () => {
    const eleven = Array.from({ length: 11 }, (_, index) => `label ${index}`);
    expect(keyedChoices(eleven).map(({ key }) => key)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
      '0',
      null,
    ]);
  });

  it('never let one key answer two labels, and keep every label in its order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(fc.integer({ min: 0, max: 9 }).map(String), fc.string({ minLength: 1 }))),
        (labels) => {
          const choices = keyedChoices(labels);
          const keys = choices.map(({ key }) => key).filter((key) => key !== null);
          expect(new Set(keys).size).toBe(keys.length);
          expect(choices.map(({ label }) => label)).toEqual(labels);
        },
      ),
    );
  });
});
