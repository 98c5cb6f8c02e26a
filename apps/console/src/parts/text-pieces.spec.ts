import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { imageLimit, isShownImage, piecesOf } from './text-pieces.ts';

const shown = (text: string) => piecesOf(text).pieces.map(({ text: piece }) => piece);

describe('text that came from outside', () => {
  it.each([
    ['plain text\nwith a line and a\ttab', ['plain text\nwith a line and a\ttab']],
    ['pay\u202egnp.exe', ['pay', 'U+202E', 'gnp.exe']],
    ['zero\u200bwidth', ['zero', 'U+200B', 'width']],
    ['bell\u0007', ['bell', 'U+0007']],
    ['lone \ud83d surrogate', ['lone ', 'U+D83D', ' surrogate']],
    ['tag \u{e0041}', ['tag ', 'U+E0041']],
    ['emoji 👩‍🚒', ['emoji 👩‍🚒']],
    ['می\u200cخواهم', ['می\u200cخواهم']],
    ['pay\u200dpal', ['pay', 'U+200D', 'pal']],
    ['<img src=x onerror=alert(1)>', ['<img src=x onerror=alert(1)>']],
  ])('shows %j as %j', (text, pieces) => {
    expect(shown(text)).toEqual(pieces);
  });

  it('leaves out what is too long and says how much', () => {
    expect(piecesOf('x'.repeat(30), 10)).toEqual({ pieces: [{ text: 'x'.repeat(10), kind: 'plain' }], leftOut: 20 });
  });

  it('never passes on a character that reorders or hides text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = piecesOf(text).pieces.filter(({ kind }) => kind === 'plain');
        expect(plain.every((piece) => !/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u0000]/.test(piece.text))).toBe(
          true,
        );
      }),
    );
  });
});

describe('a picture that carries itself', () => {
  it.each([
    ['data:image/png;base64,iVBORw0KGgo=', true],
    ['data:image/svg+xml;base64,PHN2Zz4=', false],
    ['data:text/html;base64,PHN2Zz4=', false],
    ['data:image/png,raw', false],
    ['DATA:image/png;base64,iVBORw0KGgo=', false],
    ['https://example.org/a.png', false],
    ['data:image/png;base64,iVBO" onerror="x', false],
    [`data:image/png;base64,${'A'.repeat(imageLimit)}`, false],
    [17, false],
  ])('%j', (uri, isShown) => {
    expect(isShownImage(uri)).toBe(isShown);
  });
});
