import { describe, expect, it } from '@jest/globals';
import { streamNamesOf } from './stream-names.ts';

describe('the streams that a key may write', () => {
  it.each([
    ['', ['*']],
    ['  ', ['*']],
    ['fraud', ['fraud']],
    ['fraud, toxicity', ['fraud', 'toxicity']],
    ['fraud toxicity,fraud', ['fraud', 'toxicity']],
  ])('reads %j', (text, names) => {
    expect(streamNamesOf(text)).toEqual(names);
  });
});
