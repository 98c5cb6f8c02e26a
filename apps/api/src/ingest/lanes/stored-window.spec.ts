import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { copyField } from './copy-text.ts';
import { WindowLines, windowCopySql } from './stored-window.ts';

describe('a line of a stored window', () => {
  it('gives back what was stored, whatever is in it', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\\', '\t', '\n', '\\N', '\\t', 'a\\'));
    fc.assert(
      fc.property(text, text, (id, label) => {
        const prediction = { stream: 's', id, label };
        const signals = [{ kind: 'rule' }, { kind: 'low-confidence' }];
        const line = [
          '17',
          '2026-11-22 06:00:00.123+00',
          copyField(JSON.stringify(signals)),
          copyField(JSON.stringify(prediction)),
          copyField(label.replaceAll('\u0000', '')),
          '\\N',
        ].join('\t');
        expect(line).not.toContain('\n');
        const row = new WindowLines().read(line);
        expect(row).toMatchObject({ position: 17, receivedAtMs: Date.parse('2026-11-22T06:00:00.123Z') });
        expect(row).toMatchObject({ prediction, kinds: ['rule', 'low-confidence'] });
        expect(row.truth).toBe(label.replaceAll('\u0000', ''));
      }),
    );
  });

  it('has no signals and no truth where none are', () => {
    const lines = new WindowLines();
    const line = '1\t2026-11-22 06:00:00+00\t\\N\t{"stream":"s","id":"1","value":2}';
    expect(lines.read(line)).toMatchObject({ kinds: [], truth: null });
    expect(lines.read(`${line}\t\\N\t2.5`)).toMatchObject({ truth: 2.5 });
  });
});

describe('the statement', () => {
  it('holds nothing but numbers and instants', () => {
    const window = { streamId: 3.7, fromPosition: 1, toPosition: 9, withOutcomes: true };
    const instants = { from: '2026-11-22T06:00:00Z', to: '2026-11-22T07:00:00+01:00' };
    expect(windowCopySql({ ...window, ...instants })).toContain("'2026-11-22T06:00:00.000Z'");
    expect(() => windowCopySql({ ...window, from: "x' or true", to: instants.to })).toThrow();
  });
});
