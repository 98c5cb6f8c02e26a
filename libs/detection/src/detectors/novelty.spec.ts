import { describe, expect, it } from '@jest/globals';
import type { Prediction } from '@watchfloor/contracts';
import { only, signalsOf, watchAll } from '../../../../test/builders/a-stream.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';

const settings = only('novelty');

function normal(index: number, salt: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - drawFrom(index, salt)));
  return radius * Math.cos(2 * Math.PI * drawFrom(index, salt + 1));
}

type Fields = Pick<Prediction, 'features' | 'segments' | 'label'>;

/** A stream of three segments' values, a text, two numbers that go together, and one with a long tail. */
function ordinary(index: number): Fields {
  const size = normal(index, 11);
  return {
    label: drawFrom(index, 1) < 0.3 ? 'toxic' : 'fine',
    segments: { country: ['SE', 'DE', 'FR'][Math.floor(drawFrom(index, 2) * 3)] ?? 'SE' },
    features: {
      language: ['sv', 'de', 'fr', 'en'][Math.floor(drawFrom(index, 3) * 4)] ?? 'sv',
      height: 170 + 10 * size,
      weight: 70 + 12 * size + normal(index, 13),
      words: Math.exp(3 + normal(index, 15)),
      isNew: drawFrom(index, 4) < 0.5,
    },
  };
}

function stream(count: number, odd: Readonly<Record<number, (usual: Fields) => Fields>> = {}): Fields[] {
  return Array.from({ length: count }, (_, index) => odd[index]?.(ordinary(index)) ?? ordinary(index));
}

const withFeatures = (features: Prediction['features']) => (usual: Fields) => ({
  ...usual,
  features: { ...usual.features, ...features },
});

describe('novelty', () => {
  it('flags no more than its share of an ordinary stream', () => {
    const found = signalsOf(watchAll(stream(20_000), settings), 'novelty');
    expect(found.length).toBeLessThanOrEqual(20_000 * 0.005 + 5);
    expect(found.filter(({ index }) => index < 200)).toEqual([]);
  });

  it.each<[string, (usual: Fields) => Fields, string, string]>([
    ['an answer never given', (usual) => ({ ...usual, label: 'spam' }), 'label', 'The answer “spam” was never given'],
    [
      'a segment value never seen',
      (usual) => ({ ...usual, segments: { country: 'US' } }),
      'value',
      'The segment “country” is “US”, a value never seen before.',
    ],
    ['a text never seen', withFeatures({ language: '🦆' }), 'value', 'The feature “language” is “🦆”'],
    ['another kind of value', withFeatures({ height: 'tall' }), 'kind', 'The feature “height” is “tall”, another kind'],
    ['nothing where something was', withFeatures({ language: null }), 'kind', 'The feature “language” is null'],
    ['a number in another unit', withFeatures({ height: 1.7 }), 'beyond', 'The feature “height” is 1.7, far beyond'],
    ['the largest number', withFeatures({ height: 1e308 }), 'beyond', 'The feature “height” is 1e+150, far beyond'],
    ['a field that is new', withFeatures({ shoeSize: 44 }), 'fields', 'it brings “shoeSize”'],
    [
      'a field that is missing',
      ({ features, ...usual }) => ({ ...usual, features: { height: features?.height ?? 0 } }),
      'fields',
      'it lacks “language”, “weight”, “words”',
    ],
  ])('tells of %s', (_, odd, novel, reason) => {
    const found = signalsOf(watchAll(stream(1_000, { 900: odd }), settings), 'novelty');
    const [told] = found.filter(({ index }) => index === 900);
    expect(told?.signal.evidence.novel).toBe(novel);
    expect(told?.signal.reason).toContain(reason);
    expect(told!.signal.score).toBeLessThanOrEqual(told!.signal.threshold);
  });

  it('tells of numbers that never were together, each of them usual', () => {
    const odd = withFeatures({ height: 183, weight: 54, words: 20 });
    const found = signalsOf(watchAll(stream(2_000, { 1_800: odd }), settings), 'novelty');
    const [told] = found.filter(({ index }) => index === 1_800);
    expect(told?.signal.evidence.novel).toBe('together');
    expect(told?.signal.reason).toContain('“weight” 54 (on average 7');
  });

  it('leaves fields alone in which new values are usual', () => {
    const rows = stream(3_000).map((usual, index) => ({
      ...usual,
      features: { ...usual.features, order: `order-${index}`, minute: Math.floor(index / 3) },
      segments: { ...usual.segments, shop: `shop-${Math.floor(index / 20)}` },
    }));
    const found = signalsOf(watchAll(rows, settings), 'novelty');
    const told = found.flatMap(({ signal: { evidence } }) => [evidence.feature, evidence.segment]);
    expect(told.filter((field) => ['order', 'minute', 'shop'].includes(field as string))).toEqual([]);
  });

  it('tells a new value once, and then knows it', () => {
    const rows = stream(1_000).map((usual, index) => (index < 900 ? usual : { ...usual, segments: { country: 'US' } }));
    const found = signalsOf(watchAll(rows, settings), 'novelty').filter(({ signal }) => signal.evidence.value === 'US');
    expect(found.map(({ index }) => index)).toEqual([900]);
  });

  it('does not tell a declared label', () => {
    const rows = stream(1_000, { 900: (usual) => ({ ...usual, label: 'spam' }) });
    const declared = { ...settings, labels: ['fine', 'toxic', 'spam'] };
    expect(signalsOf(watchAll(rows, declared), 'novelty').filter(({ index }) => index === 900)).toEqual([]);
  });

  it('goes quiet in a flood of new things', () => {
    const rows = stream(4_000).map((usual, index) =>
      index < 2_000 ? usual : { ...usual, segments: { country: `c${index}` }, label: `l${index}` },
    );
    const found = signalsOf(watchAll(rows, settings), 'novelty');
    expect(found.length).toBeLessThanOrEqual(4_000 * 0.005 + 5);
  });
});
