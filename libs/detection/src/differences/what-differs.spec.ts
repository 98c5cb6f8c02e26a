import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Prediction } from '@watchfloor/contracts';
import fc from 'fast-check';
import { mostColumns } from './columns-of.ts';
import type { Described } from './what-differs.ts';
import { whatDiffers } from './what-differs.ts';

const recorded = readFileSync(new URL('../../../../test/streams/digits.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { prediction: Prediction }).prediction);

const many = (count: number, of: (index: number) => Described): Described[] =>
  Array.from({ length: count }, (_, index) => of(index));

describe('what differs', () => {
  it('names the scanner first that reads badly in the recorded digits', () => {
    const found = whatDiffers(recorded.slice(420, 460), recorded.slice(0, 420));
    expect(found[0]).toMatchObject({ kind: 'segment', name: 'scanner', isSure: true });
    expect(found[0]?.leading).toMatchObject({ value: 'B', share: 1 });
    expect(found[0]?.leading.usualShare).toBeCloseTo(127 / 420);
  });

  it('measures a category by the share of the window that is too much', () => {
    const window = many(1_000, (index) => ({ segments: { country: index % 10 < 8 ? 'SE' : 'FI' } }));
    const baseline = many(1_000, (index) => ({ segments: { country: index % 10 < 2 ? 'SE' : 'FI' } }));
    const [first] = whatDiffers(window, baseline);
    expect(first?.leading).toEqual({ value: 'SE', share: 0.8, usualShare: 0.2 });
    expect(first?.effect).toBeGreaterThan(0.57);
    expect(first?.effect).toBeLessThan(0.6);
  });

  it('tells numbers apart by tenths of what is usual', () => {
    const baseline = many(1_000, (index) => ({ features: { amount: index } }));
    const window = many(100, (index) => ({ features: { amount: 900 + index } }));
    expect(whatDiffers(window, baseline)[0]).toMatchObject({
      kind: 'feature',
      name: 'amount',
      leading: { value: '900 or more', share: 1, usualShare: 0.1 },
      isSure: true,
    });
  });

  it('calls hardly one window in a hundred sure where nothing differs', () => {
    // A shuffle of the rows before the fault: whatever differs is chance. 400 windows, level .01: 4 expected at most, 2 s.e. above is 8.
    let state = 20_261;
    const draw = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    let sure = 0;
    for (let run = 0; run < 400; run += 1) {
      const rows = recorded
        .slice(0, 420)
        .map((row) => ({ row, at: draw() }))
        .sort((one, other) => one.at - other.at)
        .map(({ row }) => row);
      if (whatDiffers(rows.slice(0, 60), rows.slice(60)).some(({ isSure }) => isSure)) sure += 1;
    }
    expect(sure).toBeLessThanOrEqual(8);
  });

  it('says nothing of a handful, and nothing where there is nothing to compare', () => {
    expect(
      whatDiffers(
        many(4, () => ({ segments: { a: 'x' } })),
        many(100, () => ({ segments: { a: 'y' } })),
      ),
    ).toEqual([]);
    expect(whatDiffers([], [])).toEqual([]);
  });

  it('never throws, and its figures are shares, whatever predictions hold', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constantFrom(1e308, -1e308, NaN, Infinity, '__proto__', 'constructor', '\ud800'),
    );
    const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'a', 'b'));
    const one = fc.record({ features: fc.dictionary(names, value), segments: fc.dictionary(names, fc.string()) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), fc.array(one, { maxLength: 40 }), (window, baseline) => {
        const found = whatDiffers(window, baseline);
        expect(found.length).toBeLessThanOrEqual(mostColumns);
        for (const { effect, leading } of found) {
          for (const share of [effect, leading.share, leading.usualShare]) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });
});
