import type { Prediction } from '@watchfloor/contracts';
import fc from 'fast-check';

let made = 0;

/** A prediction in which only what is given matters; each has an id of its own. */
export function aPrediction(given: Partial<Prediction> = {}): Prediction {
  made += 1;
  return { stream: 'toxicity', id: `prediction-${made}`, label: 'fine', confidence: 0.97, ...given };
}

/** So many of them. */
export function predictions(count: number, given: Partial<Prediction> = {}): Prediction[] {
  return Array.from({ length: count }, () => aPrediction(given));
}

/** JSON lines, as a body. */
export function ndjson(items: readonly unknown[]): string {
  return items.map((item) => JSON.stringify(item)).join('\n');
}

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 210 }),
  fc.constantFrom(
    '',
    'fine',
    '\u0000',
    '\ud800',
    'a\nb',
    '__proto__',
    'constructor',
    '2026-02-30T00:00:00.000Z',
    'x'.repeat(10_001),
  ),
);
const oddNumber = fc.oneof(fc.double(), fc.constantFrom(-1, 0, -0, 1e308, 5e-324));
const oddValue = fc.oneof(oddText, oddNumber, fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 3 }));

const goodText = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });
const goodNumber = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 1 });
/** Mostly as it should be. */
const mostly = (good: fc.Arbitrary<unknown>, odd: fc.Arbitrary<unknown> = oddValue) =>
  fc.oneof({ weight: 24, arbitrary: good }, { weight: 1, arbitrary: odd });
const record = (value: fc.Arbitrary<unknown>) =>
  mostly(
    fc.dictionary(mostly(goodText, oddText) as fc.Arbitrary<string>, value, { maxKeys: 3, noNullPrototype: true }),
  );
const moment = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
  .map((date) => date.toISOString());

/** Something that could be a prediction: some are, others not quite. As JSON would give it, plus numbers that JSON cannot. */
export const almostAPrediction: fc.Arbitrary<unknown> = fc.record(
  {
    stream: mostly(fc.constant('toxicity'), oddText),
    id: mostly(fc.uuid(), oddText),
    at: mostly(moment, oddText),
    model: mostly(fc.record({ name: goodText, version: mostly(goodText, oddText) }, { requiredKeys: ['name'] })),
    label: mostly(goodText, oddText),
    confidence: mostly(goodNumber, oddNumber),
    scores: record(mostly(goodNumber)),
    value: mostly(goodNumber),
    interval: mostly(fc.tuple(goodNumber, goodNumber)),
    features: record(mostly(fc.oneof(goodNumber, goodText, fc.boolean(), fc.constant(null)))),
    segments: record(mostly(goodText)),
    input: mostly(fc.jsonValue({ maxDepth: 3 })),
    subjectId: mostly(goodText, oddText),
    latencyMs: mostly(goodNumber, oddNumber),
  },
  { requiredKeys: ['stream', 'id'], noNullPrototype: true },
);
