import { describe, expect, it } from '@jest/globals';
import { adjudicate, other, type Adjudication, type Looks } from './adjudicate.ts';

const fine = (by: 'first' | 'second' | 'outcome'): Adjudication => ({ state: 'settled', isError: false, by });
const wrong = (by: 'first' | 'second' | 'outcome'): Adjudication => ({ state: 'settled', isError: true, by });

describe('whether the model was wrong', () => {
  it.each<[string, Omit<Looks, 'model'>, Adjudication]>([
    ['is open before anybody has looked', {}, { state: 'first-look' }],
    ['is settled when the first agrees with it', { first: 'cat' }, fine('first')],
    ['is open when only one disagrees', { first: 'dog' }, { state: 'second-look' }],
    ['is open when one says only that it is wrong', { first: other }, { state: 'second-look' }],
    ['is settled for it when the second agrees with it', { first: 'dog', second: 'cat' }, fine('second')],
    ['is settled against it when two agree against it', { first: 'dog', second: 'dog' }, wrong('second')],
    [
      'is settled against it when two differ from it and from each other',
      { first: 'dog', second: 'deer' },
      wrong('second'),
    ],
    [
      'is settled against it when the second says only that it is wrong',
      { first: 'dog', second: other },
      wrong('second'),
    ],
    ['does not ask the second when the first agrees', { first: 'cat', second: 'dog' }, fine('first')],
    ['is settled by what turned out to be true, before all', { first: 'cat', outcome: 'dog' }, wrong('outcome')],
    [
      'is settled for it by what turned out to be true',
      { first: 'dog', second: 'dog', outcome: 'cat' },
      fine('outcome'),
    ],
  ])('%s', (_, looks, settled) => {
    expect(adjudicate({ model: 'cat', ...looks })).toEqual(settled);
  });

  it('takes values within 0.1 % for the same', () => {
    expect(adjudicate({ model: 1000, first: 1000.9 })).toEqual(fine('first'));
    expect(adjudicate({ model: 1000, first: 1002 })).toEqual({ state: 'second-look' });
    expect(adjudicate({ model: 0, first: 0 })).toEqual(fine('first'));
    expect(adjudicate({ model: 1, first: '1' })).toEqual({ state: 'second-look' });
  });
});
