import type { Prediction } from '@watchfloor/contracts';
import fc from 'fast-check';

const aNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, -0, 1, 0.5, 1e308, -1e308, Number.MIN_VALUE, Number.MAX_VALUE, 1e-9),
);

const aName = fc.oneof(
  fc.constantFrom('fine', 'toxic', 'spam', 'toString', '…', '"\\"', '界'.repeat(200), '\u202eevil'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
);

/** Names that every object has, too: whoever passes the contracts by must not hurt. */
const aFieldName = fc.oneof(fc.constantFrom('constructor', '__proto__', 'age', 'toString'), aName);

const someScores = fc.dictionary(aName, aNumber, { maxKeys: 12, noNullPrototype: true });

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** A prediction that the contracts let through, and that nobody would send in good faith. */
export const aHostilePrediction: fc.Arbitrary<Prediction> = fc.record({
  stream: fc.constant('toxicity'),
  id: aName,
  label: optional(aName),
  confidence: optional(aNumber),
  scores: optional(someScores),
  value: optional(aNumber),
  interval: optional(fc.tuple(aNumber, aNumber)),
  features: optional(
    fc.dictionary(aFieldName, fc.oneof(aNumber, aName, fc.boolean(), fc.constant(null)), {
      maxKeys: 12,
      noNullPrototype: true,
    }),
  ),
  segments: optional(fc.dictionary(aFieldName, aName, { maxKeys: 5, noNullPrototype: true })),
  model: optional(fc.record({ name: aName, version: fc.constantFrom('1', '2', 'toString') })),
  subjectId: optional(fc.constantFrom('user-1', 'user-2', '__proto__')),
  input: optional(fc.oneof(fc.constantFrom('a', { text: 'b' }, { text: 7 }, null, [1]), aName)),
  latencyMs: optional(aNumber.map(Math.abs)),
});

/** A prediction that is sound in itself, of a model with three labels. */
export const aSoundPrediction: fc.Arbitrary<Prediction> = fc
  .record({
    id: fc.uuid(),
    label: fc.constantFrom('fine', 'toxic', 'spam'),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    width: fc.double({ min: 0, max: 100, noNaN: true }),
    latencyMs: fc.double({ min: 1, max: 1_000, noNaN: true }),
  })
  .map(({ width, ...sound }) => ({
    ...sound,
    stream: 'toxicity',
    scores: {
      fine: (1 - sound.confidence) / 2,
      toxic: (1 - sound.confidence) / 2,
      spam: (1 - sound.confidence) / 2,
      [sound.label]: sound.confidence,
    },
    value: 0,
    interval: [-width, width],
  }));
