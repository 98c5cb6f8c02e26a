import { describe, expect, it } from '@jest/globals';
import { capsOf, isLetterBinding, patternOf } from './bindings.ts';

describe('keys', () => {
  it.each([
    ['j', true],
    ['g w', true],
    ['?', true],
    ['1', true],
    ['$mod+k', false],
    ['Escape', false],
    ['Space', false],
    ['Shift+h', false],
  ])('%s is a bare letter: %s', (keys, isLetter) => {
    expect(isLetterBinding(keys)).toBe(isLetter);
  });

  it.each([
    ['1', '(1|Digit1|Numpad1)'],
    ['?', '[Shift]+?'],
    ['/', '[Shift]+/'],
    ['g w', 'g w'],
    ['$mod+k', '$mod+k'],
    ['ArrowLeft', 'ArrowLeft'],
  ])('%s is matched by %s on every layout', (keys, pattern) => {
    expect(patternOf(keys)).toBe(pattern);
  });

  it.each([
    ['$mod+k', ['Ctrl+K']],
    ['g w', ['g', 'w']],
    ['Escape', ['Esc']],
    ['ArrowLeft', ['←']],
  ])('%s stands on the caps %j', (keys, caps) => {
    expect(capsOf(keys, false)).toEqual(caps);
  });
});
