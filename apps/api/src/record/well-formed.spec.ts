import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wellFormed } from './well-formed.ts';

it('leaves every well-formed value as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(wellFormed(value)).toEqual(value);
    }),
  );
});

it('mends half characters wherever they stand, keys included', () => {
  expect(wellFormed({ '\udc00k': ['\ud800', { deep: 'a\udfffb' }], good: '🚩' })).toEqual({
    '\ufffdk': ['\ufffd', { deep: 'a\ufffdb' }],
    good: '🚩',
  });
});
