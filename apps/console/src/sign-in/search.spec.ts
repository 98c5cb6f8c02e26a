import { describe, expect, it } from '@jest/globals';
import { ownPath, signInSearch } from './search.ts';

describe('the way after the door', () => {
  it.each(['/watch', '/flags/8f2c?note=1', '/history#last'])('may lead to %s', (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'watch',
    '',
    '/sign-in?to=/watch',
    '/a\\b',
    '/a\tb',
  ])('never leads to %j', (path) => {
    expect(ownPath(path)).toBeUndefined();
  });

  it('keeps a link that looks like a number as the text that it is', () => {
    expect(signInSearch({ link: 12345, to: '/queue' })).toEqual({ link: '12345', to: '/queue', isOver: undefined });
  });
});
