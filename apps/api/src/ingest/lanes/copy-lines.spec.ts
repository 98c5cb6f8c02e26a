import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CopyLines } from './copy-lines.ts';

describe('the lines of a COPY', () => {
  it('are the bytes of their texts, one after the other, whatever is in them', () => {
    const line = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 2_000, maxLength: 3_000 }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.integer({ min: 0, max: 40 }), (texts, expected) => {
        const lines = new CopyLines(expected);
        for (const text of texts) lines.add(text);
        expect(lines.bytes().equals(Buffer.from(texts.join(''), 'utf8'))).toBe(true);
      }),
    );
  });
});
