import { describe, expect, it } from '@jest/globals';
import type { Flag } from '@watchfloor/contracts';
import type { Pick } from './draft.ts';
import { figure, share } from '../figure.ts';
import { previewOf, standingOffer } from './preview.ts';
import { typedValue } from './typed-value.ts';

type Asked = { readonly [Key in 'subject' | 'choices']: Flag[Key] };

const digit: Asked = {
  subject: { kind: 'prediction', prediction: { stream: 'digits', id: 'd', label: '1' } },
  choices: ['1', '7'],
};
const digits: Asked = { ...digit, choices: ['1', '4', '7'] };
const price: Asked = {
  subject: { kind: 'prediction', prediction: { stream: 'prices', id: 'p', value: 120.9568 } },
  choices: [],
};
const window: Asked = {
  subject: {
    kind: 'window',
    from: '2026-11-22T06:00:00.000Z',
    to: '2026-11-22T06:05:00.000Z',
    items: [],
    itemCount: 0,
  },
  choices: [],
};

describe('what an answer will do', () => {
  it.each<[string, Asked, Pick, string]>([
    ['another label', digit, { label: '7' }, 'Your answer overrides the model: 7 instead of 1.'],
    ['the same label', digit, { label: '1' }, 'Your answer confirms the model: 1.'],
    [
      'that the model is wrong, with more than two labels',
      digits,
      { verdict: 'overridden' },
      'Your answer overrides the model: not 1, and what is right stays open.',
    ],
    ['another value', price, { value: 130 }, 'Your answer overrides the model: 130 instead of 120.957.'],
    ['the value as it was shown', price, { value: 120.957 }, 'Your answer confirms the model: 120.957.'],
    ['the model’s own answer', price, { verdict: 'confirmed' }, 'Your answer confirms the model: 120.957.'],
    [
      'that a window is all right',
      window,
      { verdict: 'confirmed' },
      'You say that this stretch of the stream is all right.',
    ],
  ])('%s', (_, flag, pick, sentence) => {
    expect(previewOf(flag, pick)).toMatchObject({ sentence });
  });

  it('cannot be turned around by a hostile label', () => {
    const hostile = { ...digits, choices: ['1', '\u202Eevil', 'x'.repeat(200)] };
    expect(previewOf(hostile, { label: '\u202Eevil' })).toMatchObject({ words: 'U+202Eevil instead of 1' });
    expect(previewOf(hostile, { label: 'x'.repeat(200) })).toMatchObject({ words: `${'x'.repeat(60)}… instead of 1` });
  });

  it('is a refusal where the answer does not fit', () => {
    expect(previewOf(digit, { value: 3 })).toMatchObject({ refused: 'unfit-answer' });
  });
});

describe('figures', () => {
  it.each<[number | undefined, string, string]>([
    [0.58, '0.58', '0.58'],
    [0.9968, '0.9968', '0.997'],
    [0.99999, '0.99999', '1.0000'],
    [0.0004, '0.0004', '0.0004'],
    [1, '1', '1.00'],
    [0, '0', '0.00'],
    [1234567.8, '1,234,570', '1234567.80'],
    [Number.NaN, '–', '–'],
    [undefined, '–', '–'],
  ])('%d', (value, asFigure, asShare) => {
    expect([figure(value), share(value)]).toEqual([asFigure, asShare]);
  });
});

describe('a typed value', () => {
  it.each<[string, number | undefined]>([
    ['12.3', 12.3],
    [' 12,3 ', 12.3],
    ['1,234.5', 1234.5],
    ['1,234,567', 1234567],
    ['12,3456', 12.3456],
    ['-4e2', -400],
    ['.5', 0.5],
    ['1 234', 1234],
    ['1,234', undefined],
    ['1.234,5', undefined],
    ['', undefined],
    ['0x10', undefined],
    ['1e999', undefined],
    ['Infinity', undefined],
    ['12 apples', undefined],
  ])('%s', (text, value) => {
    expect(typedValue(text)).toBe(value);
  });
});

describe('a blind answer', () => {
  const blind = {
    subject: { kind: 'prediction', prediction: { stream: 'digits', id: 'p1' } },
    choices: ['1', '7'],
    isBlind: true,
  } as const;
  const asked = { ...blind, choices: [...blind.choices] };

  it('says what it is, and nothing of whether it agrees', () => {
    for (const label of blind.choices) {
      expect(previewOf(asked, { label })).toMatchObject({ verdict: null, effect: '', words: `${label}, blind` });
    }
    expect(standingOffer(asked)).toContain('hidden until you answer');
  });

  it('is never a bare yes or no to the model', () => {
    expect(previewOf(asked, { verdict: 'confirmed' })).toMatchObject({ refused: 'unfit-answer' });
  });
});
