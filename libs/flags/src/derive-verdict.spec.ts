import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@watchfloor/contracts';
import fc from 'fast-check';
import { deriveVerdict, isSameValue, questionOf, valueTolerance, type Question } from './derive-verdict.ts';

const toxic: Question = { kind: 'prediction', label: 'toxic', value: null };
const price: Question = { kind: 'prediction', label: null, value: 12.3 };
const stretch: Question = { kind: 'window' };
const any = { labels: [], reasonRequired: false };
const declared = { labels: ['fine', 'toxic'], reasonRequired: false };

describe('what an answer means', () => {
  it.each([
    ['the label of the model confirms', toxic, { label: 'toxic' }, any, { verdict: 'confirmed', label: 'toxic' }],
    ['another label overrides', toxic, { label: 'fine' }, declared, { verdict: 'overridden', label: 'fine' }],
    [
      'any label may be right where none are declared',
      toxic,
      { label: 'new' },
      any,
      { verdict: 'overridden', label: 'new' },
    ],
    [
      'a confirmation takes the label of the model over',
      toxic,
      { verdict: 'confirmed' },
      any,
      { verdict: 'confirmed', label: 'toxic' },
    ],
    [
      'a confirmation takes the value of the model over',
      price,
      { verdict: 'confirmed' },
      any,
      { verdict: 'confirmed', value: 12.3 },
    ],
    ['a bare override leaves the right label open', toxic, { verdict: 'overridden' }, any, { verdict: 'overridden' }],
    [
      'a bare override of one of two labels means the other',
      toxic,
      { verdict: 'overridden' },
      declared,
      { verdict: 'overridden', label: 'fine' },
    ],
    [
      'a value close to that of the model confirms',
      price,
      { value: 12.305 },
      any,
      { verdict: 'confirmed', value: 12.305 },
    ],
    ['a value further off overrides', price, { value: 12.4 }, any, { verdict: 'overridden', value: 12.4 }],
    ['a stretch can be all right', stretch, { verdict: 'confirmed' }, any, { verdict: 'confirmed' }],
    ['something can be wrong with a stretch', stretch, { verdict: 'overridden' }, any, { verdict: 'overridden' }],
  ] as const)('%s', (_name, question, said, rules, meant) => {
    expect(deriveVerdict(question, said, rules)).toEqual(meant);
  });

  it.each([
    ['a label for a model that gave a value', price, { label: 'fine' }, any, 'unfit-answer'],
    ['a value for a model that gave a label', toxic, { value: 3 }, any, 'unfit-answer'],
    ['a label for a stretch', stretch, { label: 'fine' }, any, 'unfit-answer'],
    ['a label that the stream has not declared', toxic, { label: 'odd' }, declared, 'unfit-answer'],
    ['nothing at all', toxic, {}, any, 'unfit-answer'],
    [
      'an override without the reason that is asked for',
      toxic,
      { label: 'fine' },
      { ...declared, reasonRequired: true },
      'reason-needed',
    ],
  ] as const)('refuses %s', (_name, question, said, rules, refused) => {
    expect(deriveVerdict(question, said, rules)).toMatchObject({ refused });
  });

  it('lets an undeclared label of the model itself be confirmed: that it is malformed is what was flagged', () => {
    expect(deriveVerdict({ ...toxic, label: 'odd' }, { label: 'odd' }, declared)).toEqual({
      verdict: 'confirmed',
      label: 'odd',
    });
  });

  it('never asks for the reason of a confirmation', () => {
    expect(deriveVerdict(toxic, { label: 'toxic' }, { ...declared, reasonRequired: true })).toMatchObject({
      verdict: 'confirmed',
    });
    const withReason = { label: 'fine', reason: 'wrong-class' } as const;
    expect(deriveVerdict(toxic, withReason, { ...declared, reasonRequired: true })).toMatchObject({
      verdict: 'overridden',
    });
  });

  it('reads the question off a served flag', () => {
    const prediction = { stream: 's', id: 'a', value: 3 };
    expect(questionOf({ kind: 'prediction', prediction })).toEqual({ kind: 'prediction', label: null, value: 3 });
    expect(questionOf({ kind: 'window', from: '', to: '', items: [], itemCount: 0 })).toEqual(stretch);
  });

  it('confirms what a person reads off a screen with four significant digits, and nothing that is a percent off', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e100, max: 1e100 }).filter((value) => Math.abs(value) > 1e-100),
        (value) => {
          expect(isSameValue(value, Number(value.toPrecision(4)))).toBe(true);
          expect(isSameValue(value, value * 1.01)).toBe(false);
          expect(isSameValue(value, value * (1 + valueTolerance * 0.9))).toBe(true);
        },
      ),
    );
  });

  it('derives the same whichever of two people asks, and never both a refusal and a verdict', () => {
    const label = fc.constantFrom('fine', 'toxic', 'odd');
    fc.assert(
      fc.property(label, label, fc.boolean(), (model, said, reasonRequired) => {
        const derived = deriveVerdict(
          { kind: 'prediction', label: model, value: null },
          { label: said },
          { ...declared, reasonRequired },
        );
        if (!isRefusal(derived)) {
          expect(derived.verdict === 'confirmed').toBe(model === said);
          expect(derived.label).toBe(said);
        }
      }),
    );
  });
});
